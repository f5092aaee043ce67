import { MAX_DELIVERIES, type MessageContext } from '../consumer.ts';
import { type Job, loadJob, moveJob } from '../job.ts';
import { log } from '../log.ts';
import type { Instant } from '../time.ts';
import { type ExportProgress, progressOf } from './progress.ts';

/** How much one step of an export does; smaller in tests. */
export interface Limits {
  readonly rowsAFile: number;
  readonly bytesAPart: number;
  readonly rowsARead: number;
}

/** How far an export is after a step. */
export interface StepTaken {
  readonly progress: ExportProgress;
  /** Rows, over all files. */
  readonly done: number;
  readonly completed: boolean;
}

/**
 * Works on an export unless it has ended; when the last delivery of its message fails, the job has failed.
 * @returns whether another message has to go on from here
 */
export async function workOnExport(
  jobId: string,
  context: MessageContext,
  work: (job: Job) => Promise<boolean>,
): Promise<boolean> {
  const job = await loadJob(jobId);
  if (!job || job.status === 'completed' || job.status === 'failed') return false;
  try {
    return await work(job);
  } catch (error) {
    if (context.attempt < MAX_DELIVERIES) throw error;
    log.error('export failed', error, { jobId });
    const failure = 'The file could not be written; start the export again.';
    await moveJob((await loadJob(jobId)) ?? job, { status: 'failed', failure, finishedAt: context.now });
    return false;
  }
}

/**
 * Takes an export on, step by step, to its end or to the step that reaches `rowsAtOnce` rows.
 * @returns whether another message has to go on from here
 */
export async function takeSteps(
  started: Job,
  step: (job: Job, progress: ExportProgress) => Promise<StepTaken>,
  rowsAtOnce: number,
  now: Instant,
): Promise<boolean> {
  for (let job = started; ; ) {
    const { progress, done, completed } = await step(job, progressOf(job));
    const end = completed
      ? ({ status: 'completed', total: done, finishedAt: now } as const)
      : ({ status: 'processing' } as const);
    const moved = await moveJob(job, { done, result: progress, ...end });
    if (!moved || completed) return false; // finished, or another invocation is faster
    job = moved;
    if (done - started.done >= rowsAtOnce) return true;
  }
}
