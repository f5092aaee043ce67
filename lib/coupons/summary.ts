import { type Money, sum } from '#lib/shared/money.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import { type Coupon, statusOf } from './coupon.ts';

const SOON_DAYS = 7;

export interface CouponSummary {
  readonly available: number;
  readonly total: Money;
  /** Of the available ones, those that are over in 7 days. */
  readonly expiringSoon: number;
}

/** The customer's own coupons as its detail shows them (CUS-050). */
export function summarize(coupons: readonly Coupon[], now: Instant): CouponSummary {
  const available = coupons.filter((coupon) => statusOf(coupon, now) === 'available');
  const soon = plus(now, { days: SOON_DAYS });
  return {
    available: available.length,
    total: sum(available.map(({ balance }) => balance)),
    expiringSoon: available.filter(({ expiresAt }) => expiresAt <= soon).length,
  };
}
