import { queryPage } from '#lib/shared/dynamodb.ts';
import { log } from '#lib/shared/log.ts';
import { type Instant, instantOfEpochMs } from '#lib/shared/time.ts';
import type { Customer } from '../customer.ts';
import { pendingRelease } from './retention.ts';

const SHARDS = 8;
const PAGE = 100;
const dueKey = (shard: number): string => `RETENTION#${shard}`;
const shardOf = (customerId: string): number => customerId.charCodeAt(customerId.length - 1) % SHARDS;

/** Sparse: only customers whose resources are still to be released, in the order of that time. */
export function retentionKeys({ customerId, control }: Customer): Record<string, string> {
  const until = pendingRelease(control);
  return until === undefined ? {} : { dueKey: dueKey(shardOf(customerId)), dueSort: `${until}#${customerId}` };
}

interface Stretch {
  readonly from?: Instant;
  readonly before: Instant;
  /** The end of the stretch belongs to it. */
  readonly included?: boolean;
}

/**
 * Does something for each customer whose retention ends in a stretch of time; each is complete by itself, one that fails is left for the
 * repetition of the job. The index lags, so `work` reads the customer again.
 */
export async function sweepRetentions(stretch: Stretch, work: (customerId: string) => Promise<void>): Promise<void> {
  const parts = Array.from({ length: SHARDS }, (_, shard) => sweepPart(shard, stretch, work));
  const failed = (await Promise.all(parts)).reduce((total, each) => total + each, 0);
  if (failed > 0) throw new Error(`${failed} customers failed`);
}

/** @returns how many failed */
async function sweepPart(
  shard: number,
  { from = instantOfEpochMs(0), before, included = false }: Stretch,
  work: (customerId: string) => Promise<void>,
): Promise<number> {
  let failed = 0;
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await queryPage({
      table: 'customers',
      index: 'byDue',
      keys: { pk: 'dueKey', sk: 'dueSort' },
      pk: dueKey(shard),
      sk: { between: [from, included ? `${before}#~` : before] }, // `before` alone sorts ahead of `before#…`
      limit: PAGE,
      startKey,
    });
    for (const { customerId } of page.items) if (!(await isDone(String(customerId), work))) failed += 1;
    startKey = page.nextKey;
  } while (startKey);
  return failed;
}

async function isDone(customerId: string, work: (customerId: string) => Promise<void>): Promise<boolean> {
  try {
    await work(customerId);
    return true;
  } catch (error) {
    log.error('retention not worked off', error, { customerId });
    return false;
  }
}
