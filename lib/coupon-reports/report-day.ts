import type { Coupon } from '#lib/coupons/index.ts';
import { type BillingMonth, type BusinessDay, dayPlus, type Instant, monthStart, nextMonth } from '#lib/shared/time.ts';

const DAYS_BEFORE_THE_LAST = [7, 3];

/** FIN-140: the last day of the month less 7 and less 3. @param date on the partner's wall clock */
export const isReportDay = (date: string): boolean =>
  DAYS_BEFORE_THE_LAST.some((days) => dayPlus(date as BusinessDay, days + 1) === `${monthAfter(date)}-01`);

const monthAfter = (date: string): BillingMonth => nextMonth(date.slice(0, 7) as BillingMonth);

/** FIN-141: could the coupon pay for anything in the month? */
export function wasAvailableIn(coupon: Coupon, month: BillingMonth): boolean {
  const [first, end] = [monthStart(month), monthStart(nextMonth(month))];
  const over = (at: Instant | undefined): boolean => at !== undefined && at < first;
  return coupon.effectiveAt < end && coupon.expiresAt >= first && !over(coupon.usedUpAt) && !over(coupon.revokedAt);
}
