import * as z from 'zod';
import type { Member } from '../actor.ts';
import type { Job } from '../job.ts';
import { type Instant, plus } from '../time.ts';
import { type ExportedFile, progressOf } from './progress.ts';

const FILES_LIVE_DAYS = 7; // FIN-160

export const exportView = z.object({
  jobId: z.string(),
  status: z.enum(['pending', 'processing', 'completed', 'failed']),
  parameters: z.record(z.string(), z.unknown()),
  requestedBy: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  progress: z.object({ done: z.number().int(), total: z.number().int().nullable() }),
  failure: z.string().nullable(),
  filesUntil: z.string().nullable(),
  files: z.array(
    z.object({
      fileName: z.string(),
      rows: z.number().int(),
      url: z.string().nullable().meta({ description: 'Lives 10 minutes; for who asked for the export, and Admin' }),
    }),
  ),
});

/** @param links whether to make download links: for who may download, and in no list */
export async function toExportView(job: Job, links: boolean, now: Instant): Promise<z.input<typeof exportView>> {
  const until = job.finishedAt && plus(job.finishedAt, { days: FILES_LIVE_DAYS });
  const files = job.status === 'completed' ? progressOf(job).files : [];
  const offered = links && until !== undefined && now < until;
  return {
    jobId: job.jobId,
    status: job.status,
    parameters: { ...job.parameters },
    requestedBy: job.requestedBy,
    createdAt: job.createdAt,
    finishedAt: job.finishedAt ?? null,
    progress: { done: job.done, total: job.total ?? null },
    failure: job.failure ?? null,
    filesUntil: until ?? null,
    files: await Promise.all(files.map((file) => toFileView(file, offered))),
  };
}

/** ORD-176 (spec note 14): who asked for it, and Admin. */
export const mayDownload = (member: Member, job: Job): boolean =>
  member.owner || member.id === job.requestedBy || member.roles.includes('admin');

async function toFileView({ key, fileName, rows }: ExportedFile, offered: boolean) {
  if (!offered) return { fileName, rows, url: null };
  const { downloadUrl } = await import('../files.ts'); // the client of the file store, for who downloads only
  return { fileName, rows, url: await downloadUrl(key, fileName) };
}
