import { log } from '#lib/shared/log.ts';
import type { Instant } from '#lib/shared/time.ts';
import { endedAt, storeEnds } from './end-purchases.ts';
import type { Purchase } from './purchase.ts';
import { DUE_SHARDS, listDue, loadPurchase } from './purchase-store.ts';

const PAGE = 100;
/** Of one part per run; what is left is the next run's, and nothing waits for it. */
const MOST_PAGES = 10;

/** Stores that purchases hold nothing any more. Decisions compared times without it; this only tidies up. */
export async function sweepPurchases(dueAt: Instant): Promise<void> {
  const parts = Array.from({ length: DUE_SHARDS }, (_, shard) => sweepPart(shard, dueAt));
  const failed = (await Promise.all(parts)).reduce((total, each) => total + each, 0);
  if (failed > 0) throw new Error(`${failed} purchases could not be ended`);
}

/** @returns how many failed */
async function sweepPart(shard: number, dueAt: Instant): Promise<number> {
  let failed = 0;
  let startKey: Record<string, unknown> | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const { purchases, nextKey } = await listDue(shard, dueAt, { limit: PAGE, startKey });
    for (const purchase of purchases) if (!(await isEnded(purchase, dueAt))) failed += 1;
    if (!nextKey) break;
    startKey = nextKey;
  }
  return failed;
}

/** The index lags, so each is read again. */
async function isEnded(found: Purchase, dueAt: Instant): Promise<boolean> {
  try {
    const purchase = await loadPurchase(found);
    const ended = purchase && (await endedAt(purchase, dueAt));
    if (ended) await storeEnds([ended]);
    return true;
  } catch (error) {
    log.error('purchase not ended', error, { purchaseId: found.purchaseId });
    return false;
  }
}
