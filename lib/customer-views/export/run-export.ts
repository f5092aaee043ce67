import { MAX_DELIVERIES, type MessageContext } from '#lib/shared/consumer.ts';
import { progressOf } from '#lib/shared/exports/progress.ts';
import { type Job, loadJob, moveJob } from '#lib/shared/job.ts';
import { log } from '#lib/shared/log.ts';
import { exportStep, type Limits } from './export-step.ts';

const LIMITS: Limits = {
  rowsAFile: 100_000, // CUS-250
  bytesAPart: 6_000_000, // a part of an upload has at least 5 MB, unless it is the last
  rowsARead: 100,
};
/** An invocation goes no further than the step that reaches this many rows; the next message goes on. */
const ROWS_AT_ONCE = 100_000;

/**
 * Goes on with an export. @returns whether another message has to go on from here
 * @param limits smaller in tests
 */
export async function runCustomerExport(
  jobId: string,
  context: MessageContext,
  limits: Partial<Limits & { rowsAtOnce: number }> = {},
): Promise<boolean> {
  const job = await loadJob(jobId);
  if (!job || job.status === 'completed' || job.status === 'failed') return false;
  try {
    return await goOn(job, context, { rowsAtOnce: ROWS_AT_ONCE, ...LIMITS, ...limits });
  } catch (error) {
    if (context.attempt < MAX_DELIVERIES) throw error;
    log.error('export failed', error, { jobId });
    const failure = 'The file could not be written; start the export again.';
    await moveJob((await loadJob(jobId)) ?? job, { status: 'failed', failure, finishedAt: context.now });
    return false;
  }
}

async function goOn(
  started: Job,
  { now }: MessageContext,
  limits: Limits & { readonly rowsAtOnce: number },
): Promise<boolean> {
  for (let job = started; ; ) {
    const { progress, done, completed } = await exportStep(job, progressOf(job), limits, now);
    const end = completed
      ? ({ status: 'completed', total: done, finishedAt: now } as const)
      : ({ status: 'processing' } as const);
    const moved = await moveJob(job, { done, result: progress, ...end });
    if (!moved || completed) return false; // finished, or another invocation is faster
    job = moved;
    if (done - started.done >= limits.rowsAtOnce) return true;
  }
}
