import { log } from '#lib/shared/log.ts';
import type { Instant } from '#lib/shared/time.ts';
import { expireLead } from './expire-lead.ts';
import { EXPIRY_SHARDS, listLapsed } from './lead-store.ts';

const PAGE = 100;
/** Of one part per run, a safe distance from the timeout; what is left is the next run's, five minutes later, and nothing waits for it. */
const MOST_PAGES = 10;

/**
 * DEV-197: persists the leads that lapsed up to `dueAt`. Reads an index that holds only what still has to lapse, in the order of its
 * time, so the leads that do not lapse cost nothing. Each lead is complete by itself; one that fails is left for the next run.
 */
export async function sweepLeads(dueAt: Instant): Promise<void> {
  const parts = Array.from({ length: EXPIRY_SHARDS }, (_, shard) => sweepPart(shard, dueAt));
  const failed = (await Promise.all(parts)).reduce((sum, each) => sum + each, 0);
  if (failed > 0) throw new Error(`${failed} leads could not be expired`);
}

/** @returns how many failed */
async function sweepPart(shard: number, dueAt: Instant): Promise<number> {
  let failed = 0;
  let startKey: Record<string, unknown> | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { leadIds, nextKey } = await listLapsed(shard, dueAt, { limit: PAGE, startKey });
    for (const leadId of leadIds) if (!(await isExpired(leadId, dueAt))) failed += 1;
    if (!nextKey) break;
    startKey = nextKey;
  }
  return failed;
}

async function isExpired(leadId: string, dueAt: Instant): Promise<boolean> {
  try {
    await expireLead(leadId, dueAt);
    return true;
  } catch (error) {
    log.error('lead not expired', error, { leadId });
    return false;
  }
}
