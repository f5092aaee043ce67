import { type Job, replaceJob } from '#lib/shared/job.ts';
import { log } from '#lib/shared/log.ts';
import { type Instant, instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import type { CsvRecord } from './csv-records.ts';
import { declareComplete } from './feed.ts';
import { readHeader, recordsFrom } from './import-file.ts';
import { progressOf, requireImport, sendSegment } from './import-job.ts';
import { takeLines } from './import-lines.ts';
import { advance, type ImportProgress, type SegmentResult } from './import-progress.ts';
import { putProblems } from './import-store.ts';

/** Records per segment: some seconds of work, and few enough that their problems fit into one item. */
const SEGMENT = 2_000;
/** Taken in at once, whichever comes first. */
const BATCH_RECORDS = 1_000;
const BATCH_BYTES = 8 * 1024 * 1024;

/**
 * Imports the next part of a file and sends for the one after it. Where the import is at stands in its job, which moves on together
 * with the results, under its version: a segment that is worked off twice, after a crash or by two at once, is added once.
 */
export async function importSegment(jobId: string, segment: number, now: Instant): Promise<void> {
  const job = await requireImport(jobId);
  if (job.status !== 'processing') return;
  const progress = progressOf(job);
  // An older message: its segment was added, but the message for the next one may have been lost in a crash.
  if (segment < progress.segment) return sendSegment(jobId, progress.segment);

  const from = progress.segment === 0 ? await withHeader(job, progress) : progress;
  if ('failure' in from) return addToJob(job, { status: 'failed', failure: from.failure, finishedAt: now }, [], now);
  const result = await takeSegment(job, from, now);
  const after = advance(from, result);
  const ended = after.next.offset >= (job.total ?? 0) || after.next.offset === from.next.offset;
  if (ended) await declareThrough(job);
  await addToJob(
    job,
    ended ? { result: after, status: 'completed', finishedAt: now } : { result: after },
    result.problems,
    now,
  );
  if (!ended) await sendSegment(jobId, after.segment);
}

async function withHeader(job: Job, progress: ImportProgress): Promise<ImportProgress | { failure: string }> {
  const read = await readHeader(job);
  return 'failure' in read ? read : { ...progress, header: [...read.header], next: read.next };
}

async function takeSegment(job: Job, from: ImportProgress, now: Instant): Promise<SegmentResult> {
  const results: Omit<SegmentResult, 'next' | 'header'>[] = [];
  let { next } = from;
  let taken = 0;
  for await (const batch of batchesOf(recordsFrom(job, from))) {
    results.push(await takeLines(job.jobId, from.header, batch, now));
    next = batch.at(-1)?.next ?? next;
    taken += batch.length;
    if (taken >= SEGMENT) break; // ends the stream, too
  }
  return {
    next,
    header: from.header,
    receipts: results.flatMap(({ receipts }) => receipts),
    taxLines: results.reduce((lines, each) => lines + each.taxLines, 0),
    problems: results.flatMap(({ problems }) => problems),
  };
}

async function* batchesOf(records: AsyncIterable<CsvRecord>): AsyncGenerator<CsvRecord[]> {
  let batch: CsvRecord[] = [];
  for await (const record of records) {
    batch.push(record);
    const bytes = record.next.offset - (batch[0]?.next.offset ?? 0);
    if (batch.length < BATCH_RECORDS && bytes < BATCH_BYTES) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** What the feed said of this file, once all of it is in. */
async function declareThrough({ parameters: { completeThrough } }: Job): Promise<void> {
  if (typeof completeThrough === 'string') await declareComplete(instant(completeThrough));
}

async function addToJob(
  job: Job,
  change: Partial<Job>,
  problems: SegmentResult['problems'],
  now: Instant,
): Promise<void> {
  const { segment } = progressOf(job);
  const done =
    change.status === 'completed' ? job.total : change.result && progressOf({ ...job, ...change }).next.offset;
  try {
    await transact({
      aside: true,
      writes: [
        replaceJob(job, { ...job, ...change, done: done ?? job.done }),
        ...(problems.length > 0 ? [putProblems(job.jobId, segment, problems, now)] : []),
      ],
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    log.info('segment was added by another run', { jobId: job.jobId, segment });
  }
}
