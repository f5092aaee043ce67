import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { createJob, type Job, listJobs, loadJob, replaceJob } from '#lib/shared/job.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { expenditureErrors } from './errors.ts';
import { type ImportProgress, importProgress, NOTHING_IMPORTED } from './import-progress.ts';
import { listProblems, problemPosition } from './import-store.ts';

// The clients of files and queues are loaded where an import needs them: budgets and bills import this area, too.

const KIND = 'expenditure-import';
const OWNER = 'platform';

export interface ImportWish {
  readonly fileName: string;
  readonly format: 'focus-1.0';
  readonly completeThrough?: Instant;
}

export const fileKey = (jobId: string): string => `imports/${jobId}`;

/** A job that waits for its file. */
export async function createImport(
  wish: ImportWish,
  operatorId: string,
  now: Instant,
): Promise<{ job: Job; uploadUrl: string }> {
  const { uploadUrl } = await import('#lib/shared/files.ts');
  const jobId = newId('job', now);
  const job = { jobId, kind: KIND, ownerId: OWNER, requestedBy: operatorId, parameters: { ...wish }, createdAt: now };
  await transact({ writes: [createJob(job)], trace: { after: { jobId, ...wish } } });
  return { job: await requireImport(jobId), uploadUrl: await uploadUrl(fileKey(jobId)) };
}

/**
 * Sets the import going. Starting one that runs sends its next message again, which mends one that was given up.
 * @throws Refusal NOT_FOUND, IMPORT_NOT_UPLOADED
 */
export async function startImport(jobId: string): Promise<Job> {
  const job = await requireImport(jobId);
  const started = job.status === 'pending' ? await begin(job) : job;
  if (started.status === 'processing') await sendSegment(jobId, progressOf(started).segment);
  return started;
}

async function begin(job: Job): Promise<Job> {
  const { fileSize } = await import('#lib/shared/files.ts');
  const total = await fileSize(fileKey(job.jobId));
  if (total === undefined) throw new Refusal(expenditureErrors.IMPORT_NOT_UPLOADED);
  const started: Job = { ...job, status: 'processing', total, result: NOTHING_IMPORTED };
  try {
    await transact({ writes: [replaceJob(job, started)], trace: { after: { jobId: job.jobId, bytes: total } } });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // two starts at once: the other one's is as good
  }
  return requireImport(job.jobId);
}

export async function sendSegment(jobId: string, segment: number): Promise<void> {
  const { sendMessages } = await import('#lib/shared/queue.ts');
  await sendMessages('expenditure-imports', [{ jobId, segment }]);
}

/** @throws Refusal NOT_FOUND */
export async function requireImport(jobId: string): Promise<Job> {
  const job = await loadJob(jobId);
  if (job?.kind !== KIND) throw new Refusal(sharedErrors.NOT_FOUND);
  return job;
}

export const listImports = (page: { limit: number; startKey?: Record<string, unknown> }) => listJobs(OWNER, KIND, page);

export const progressOf = (job: Job): ImportProgress =>
  job.result === undefined ? NOTHING_IMPORTED : importProgress.parse(job.result);

/** @throws Refusal NOT_FOUND */
export async function listImportProblems(jobId: string, limit: number, position: Record<string, unknown> | undefined) {
  await requireImport(jobId);
  return listProblems(jobId, limit, position ? problemPosition.parse(position) : { segment: 0, skip: 0 });
}
