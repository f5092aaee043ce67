import * as z from 'zod';
import type { MessageContext } from '#lib/shared/consumer.ts';
import { progressOf } from '#lib/shared/exports/progress.ts';
import { workOnExport } from '#lib/shared/exports/run-job.ts';
import { writeFile } from '#lib/shared/files.ts';
import { type Job, moveJob } from '#lib/shared/job.ts';
import { parseBillId } from '../bill-id.ts';
import { listBills } from '../bill-store.ts';
import { cycleField } from '../fields.ts';
import { billsFile } from './csv.ts';
import { type DetailsExport, detailsForm, detailsStep } from './details-export.ts';
import { ROWS_A_PART } from './export-file.ts';

/** An invocation goes no further than the step that reaches this many rows; the next message goes on. */
const ROWS_AT_ONCE = 200_000;

const wish = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bills'), fromCycle: cycleField, toCycle: cycleField }),
  z.object({ kind: z.literal('bill-details'), billId: z.string() }),
]);

/**
 * Goes on with an export. @returns whether another message has to go on from here
 * @param rowsAPart rows per CSV; smaller in tests
 */
export function runExport(jobId: string, context: MessageContext, rowsAPart = ROWS_A_PART): Promise<boolean> {
  return workOnExport(jobId, context, (job) => {
    const wished = wish.parse(job.parameters);
    if (wished.kind === 'bills') return exportBills(job, wished, context);
    const { cycle = '' } = parseBillId(wished.billId) ?? {};
    return exportDetails({ job, billId: wished.billId, form: detailsForm(cycle, rowsAPart) }, context);
  });
}

/** At most twelve rows: written at once. */
async function exportBills(
  job: Job,
  range: { fromCycle: Cycle; toCycle: Cycle },
  { now }: MessageContext,
): Promise<boolean> {
  const { bills } = await listBills(job.ownerId, { limit: 12 }, { from: range.fromCycle, to: range.toCycle });
  const fileName = `bills-${range.fromCycle}-${range.toCycle}.csv`;
  const key = `exports/${job.ownerId}/${job.jobId}/${fileName}`;
  await writeFile(key, billsFile(bills.toReversed()), 'text/csv; charset=utf-8');
  const rows = bills.length;
  const result = { files: [{ key, fileName, rows }], after: '' };
  await moveJob(job, { status: 'completed', done: rows, total: rows, result, finishedAt: now });
  return false;
}

type Cycle = z.output<typeof cycleField>;

async function exportDetails(of: DetailsExport, { now }: MessageContext): Promise<boolean> {
  let job = of.job;
  const last = Math.min(job.done + ROWS_AT_ONCE, job.total ?? 0);
  for (;;) {
    const { progress, done } = await detailsStep({ ...of, job }, progressOf(job));
    const completed = done === job.total && !progress.open;
    const end = completed ? ({ status: 'completed', finishedAt: now } as const) : ({ status: 'processing' } as const);
    const moved = await moveJob(job, { done, result: progress, ...end });
    if (!moved || completed) return false; // finished, or another invocation is faster
    job = moved;
    if (done >= last && !progress.open?.ended) return true;
  }
}
