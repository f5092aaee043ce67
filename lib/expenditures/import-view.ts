import * as z from 'zod';
import type { Job } from '#lib/shared/job.ts';
import { progressOf } from './import-job.ts';
import { importProblem, importProgress } from './import-progress.ts';

const { lines, receipts, taxLines, listPrices, problems, firstProblems } = importProgress.shape;

export const importView = z.object({
  jobId: z.string(),
  fileName: z.string(),
  status: z.enum(['pending', 'processing', 'completed', 'failed']),
  bytes: z.object({ done: z.number().int(), total: z.number().int().optional() }),
  lines,
  receipts,
  taxLines: taxLines.meta({ description: 'Lines left out because they are tax' }),
  listPrices: listPrices.meta({ description: 'Exact sums of the records counted from this file, per bill type' }),
  problems: problems.meta({ description: 'Lines that were not counted; duplicates are none' }),
  firstProblems,
  failure: z.string().optional(),
  completeThrough: z.string().optional(),
  createdAt: z.string(),
  finishedAt: z.string().optional(),
});

export const problemPage = z.object({ items: z.array(importProblem), nextCursor: z.string().optional() });

export function toImportView(job: Job): z.input<typeof importView> {
  const { jobId, status, done, total, failure, createdAt, finishedAt } = job;
  const { fileName, completeThrough } = z
    .object({ fileName: z.string(), completeThrough: z.string().optional() })
    .parse(job.parameters);
  return {
    ...{ jobId, fileName, status, failure, completeThrough, createdAt, finishedAt },
    bytes: { done, total },
    ...progressOf(job),
  };
}
