import { getItem, type Item, queryPage } from './dynamodb.ts';
import { epochSeconds, type Instant, plus } from './time.ts';
import { ConditionFailed, transact, type Write } from './transaction.ts';

/** Long work as a resource: 202 at the start, progress meanwhile, a file or figures at the end (ARCHITECTURE, API conventions). */
export interface Job {
  readonly jobId: string;
  readonly kind: string;
  /** Whose it is: a partner id, or `platform` for operators. */
  readonly ownerId: string;
  readonly requestedBy: string;
  readonly status: 'pending' | 'processing' | 'completed' | 'failed'; // CUS-047
  readonly done: number;
  readonly total?: number;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly result?: Readonly<Record<string, unknown>>;
  readonly failure?: string;
  readonly createdAt: Instant;
  readonly finishedAt?: Instant;
  readonly version: number;
}

const LISTED_DAYS = 30; // spec note 14
const key = (jobId: string) => ({ pk: `JOB#${jobId}`, sk: 'JOB' });
const ownerIndex = { index: 'byOwner', keys: { pk: 'ownerKey', sk: 'createdKey' } } as const;

export function createJob(job: Omit<Job, 'version' | 'status' | 'done'>): Write {
  return {
    table: 'jobs',
    put: {
      ...key(job.jobId),
      ...job,
      status: 'pending',
      done: 0,
      version: 1,
      ownerKey: `${job.ownerId}#${job.kind}`,
      createdKey: `${job.createdAt}#${job.jobId}`,
      expiresAt: epochSeconds(plus(job.createdAt, { days: LISTED_DAYS })),
    },
    condition: 'attribute_not_exists(pk)',
  };
}

export async function loadJob(jobId: string): Promise<Job | undefined> {
  const item = await getItem('jobs', key(jobId));
  return item && toJob(item);
}

/** Jobs of an owner and kind, newest first. */
export async function listJobs(
  ownerId: string,
  kind: string,
  page: { limit: number; startKey?: Record<string, unknown> },
): Promise<{ jobs: Job[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: 'jobs',
    ...ownerIndex,
    pk: `${ownerId}#${kind}`,
    newestFirst: true,
    ...page,
  });
  return { jobs: answer.items.map(toJob), nextKey: answer.nextKey };
}

/** Replaces a job under its version. @returns the stored job, or `undefined` when somebody else moved it meanwhile */
export async function moveJob(before: Job, change: Partial<Omit<Job, 'jobId' | 'version'>>): Promise<Job | undefined> {
  const after: Job = { ...before, ...change, version: before.version + 1 };
  try {
    await transact({ aside: true, writes: [replaceJob(before, after)] });
    return after;
  } catch (error) {
    if (error instanceof ConditionFailed) return undefined;
    throw error;
  }
}

export function replaceJob(before: Job, after: Job): Write {
  return {
    table: 'jobs',
    put: {
      ...key(after.jobId),
      ...after,
      version: before.version + 1,
      ownerKey: `${after.ownerId}#${after.kind}`,
      createdKey: `${after.createdAt}#${after.jobId}`,
      expiresAt: epochSeconds(plus(after.createdAt, { days: LISTED_DAYS })),
    },
    condition: 'version = :seen',
    values: { ':seen': before.version },
  };
}

function toJob(item: Item): Job {
  const { pk: _pk, sk: _sk, ownerKey: _ownerKey, createdKey: _createdKey, expiresAt: _expiresAt, ...job } = item;
  return job as unknown as Job;
}
