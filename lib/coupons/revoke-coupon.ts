import { couponRevoked } from '#events/coupons.ts';
import { postingsAside } from '#lib/ledger/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { exactText, negate, ZERO } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type Coupon, statusOf } from './coupon.ts';
import { loadCoupon, moveCoupon } from './coupon-store.ts';
import { couponErrors } from './errors.ts';
import { endPosting } from './posting.ts';
import { appendQuota } from './quota-store.ts';

/**
 * FIN-137: takes back what was not used; what bills took from it stays as it is.
 * @throws Refusal COUPON_NOT_FOUND, COUPON_NOT_AVAILABLE
 */
export async function revokeCoupon(couponId: string, reason: string, now: Instant): Promise<Coupon> {
  return redecide(async () => {
    const before = await loadCoupon(couponId);
    if (!before) throw new Refusal(couponErrors.COUPON_NOT_FOUND);
    if (statusOf(before, now) !== 'available') throw new Refusal(couponErrors.COUPON_NOT_AVAILABLE);
    const { partnerId, customerId, balance } = before;
    const after = { ...before, balance: ZERO, revokedAt: now };
    const entry = { partnerId, couponId, event: 'revoked', amount: negate(balance), quotaAfter: ZERO } as const;
    await transact({
      writes: [
        moveCoupon(before, after),
        appendQuota({ ...entry, time: now }, String(before.version)),
        ...postingsAside(partnerId, [endPosting(before, 'coupon.revoked')], now),
      ],
      events: [event(couponRevoked, { couponId, partnerId, amount: exactText(balance), revokedAt: now }, now)],
      trace: { partnerId, customerId, before, after: { ...after, reason } },
    });
    return after;
  });
}
