import * as z from 'zod';
import type { ExportProgress } from '#lib/shared/exports/progress.ts';
import type { Limits, StepTaken } from '#lib/shared/exports/run-job.ts';
import { finishUpload, startUpload, uploadPart } from '#lib/shared/files.ts';
import type { Job } from '#lib/shared/job.ts';
import type { Instant } from '#lib/shared/time.ts';
import { isInDataScope, rememberedDirectors } from '../data-scope.ts';
import type { Invitation } from '../invitation.ts';
import { listHistory, positionIn } from '../invitation-store.ts';
import { exportParameters } from './export-job.ts';
import { invitationHeader, invitationRows } from './rows.ts';

const position = z.record(z.string(), z.unknown());
const CSV = 'text/csv; charset=utf-8';
/** Stands as the position behind the last row. */
const END = 'end';

/**
 * Takes an export one step on: makes a file of its stored parts, or stores the next part. The step is repeated with the same outcome
 * when the progress behind it was not kept.
 */
export async function exportStep(job: Job, progress: ExportProgress, limits: Limits, now: Instant): Promise<StepTaken> {
  const { files, open, after } = progress;
  const fileName = `invited-customers${files.length > 0 ? `-${files.length + 1}` : ''}.csv`;
  const key = `exports/${job.ownerId}/${job.jobId}/${fileName}`;
  if (open?.ended) {
    await finishUpload(key, open.uploadId, open.tags);
    const written = [...files, { key, fileName, rows: open.rows }];
    return { done: job.done, completed: after === END, progress: { after, files: written } };
  }
  const rowsBefore = open?.rows ?? 0;
  const chunk = await nextChunk(job, { after, rows: rowsBefore }, limits, now);
  // The file before was full with the last row: there is nothing for another one.
  if (!open && files.length > 0 && chunk.rows === 0) {
    return { done: job.done, completed: true, progress: { after: END, files } };
  }
  const uploadId = open?.uploadId ?? (await startUpload(key, CSV));
  const tags = open?.tags ?? [];
  const text = (open ? '' : invitationHeader()) + chunk.text;
  const tag = await uploadPart(key, uploadId, tags.length + 1, Buffer.from(text));
  const rows = rowsBefore + chunk.rows;
  const ended = chunk.after === END || rows === limits.rowsAFile;
  return {
    done: job.done + chunk.rows,
    completed: false,
    progress: {
      files,
      after: chunk.after,
      open: { uploadId, tags: [...tags, tag], ended, rows, rowsInEntry: rows },
    },
  };
}

interface Chunk {
  readonly text: string;
  readonly rows: number;
  readonly after: string;
}

/** Rows until the part is large enough, the file full or nothing is left. */
async function nextChunk(
  job: Job,
  from: { readonly after: string; readonly rows: number },
  { rowsAFile, bytesAPart, rowsARead }: Limits,
  now: Instant,
): Promise<Chunk> {
  const { inClear } = exportParameters.parse(job.parameters);
  const isShown = shownIn(job);
  let [text, rows, after] = ['', 0, from.after];
  while (after !== END && text.length < bytesAPart && from.rows + rows < rowsAFile) {
    const page = await listHistory(job.ownerId, {
      order: 'createdAt',
      newestFirst: true,
      limit: rowsARead,
      startKey: keyOf(after),
    });
    const visible = await Promise.all(page.invitations.map(isShown));
    const shown = page.invitations.filter((_, i) => visible[i]);
    const taken = shown.slice(0, rowsAFile - from.rows - rows);
    const last = taken.length < shown.length ? taken.at(-1) : undefined;
    text += taken.length > 0 ? invitationRows(taken, inClear, now) : '';
    rows += taken.length;
    after = last ? JSON.stringify(positionIn('createdAt', last)) : page.nextKey ? JSON.stringify(page.nextKey) : END;
  }
  return { text, rows, after };
}

const keyOf = (after: string): Record<string, unknown> | undefined =>
  after === '' ? undefined : position.parse(JSON.parse(after));

/** What existed when the export was asked for and its member may see (DEV-01, DEV-192). */
function shownIn({ ownerId, requestedBy, createdAt, parameters }: Job): (row: Invitation) => Promise<boolean> {
  const { dataScope } = exportParameters.parse(parameters);
  const directorOf = rememberedDirectors();
  const member = { id: requestedBy, partnerId: ownerId, dataScope };
  return async (row) =>
    row.createdAt <= createdAt && (await isInDataScope(member, { ...row, by: row.sentBy }, directorOf));
}
