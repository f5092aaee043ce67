import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { cut, type Money } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { checkQuota } from './check-quota.ts';
import { quotaErrors } from './errors.ts';
import type { Quota } from './quota.ts';
import { loadQuota, putQuota } from './quota-store.ts';

/**
 * FIN-93, FIN-98: gives a partner a quota, changes it or takes it away; what follows from it holds at once.
 * @throws Refusal QUOTA_INVALID, VERSION_CONFLICT
 */
export async function setQuota(
  partnerId: string,
  wish: { readonly total?: Money; readonly expectedVersion: number; readonly reason: string },
  now: Instant,
): Promise<Quota> {
  const { total, reason } = wish;
  if (total !== undefined && (total < 0n || total !== cut(total, 2))) throw new Refusal(quotaErrors.QUOTA_INVALID);
  const before = await loadQuota(partnerId);
  if (before.version !== wish.expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  await transact({
    writes: [{ ...putQuota(before, { ...before, total }), onConflict: sharedErrors.VERSION_CONFLICT }],
    trace: { partnerId, before: { total: before.total }, after: { total, reason } },
  });
  await checkQuota(partnerId, now);
  return loadQuota(partnerId);
}
