import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { transact } from '#lib/shared/transaction.ts';
import { loadNotification, putNotification, type TestCouponNotification } from './notification-store.ts';

/**
 * FIN-138: turns the mails about test coupons off or on.
 * @throws Refusal VERSION_CONFLICT
 */
export async function setNotification(
  partnerId: string,
  wish: { readonly enabled: boolean; readonly expectedVersion: number },
): Promise<TestCouponNotification> {
  const before = await loadNotification(partnerId);
  if (before.version !== wish.expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  if (before.enabled === wish.enabled) return before;
  const after = { enabled: wish.enabled, version: before.version + 1 };
  await transact({
    writes: [putNotification(partnerId, wish.enabled, before.version)],
    trace: { partnerId, before, after },
  });
  return after;
}
