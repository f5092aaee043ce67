import type { Instant } from '#lib/shared/time.ts';
import { type Coupon, type CouponStatus, statusOf } from './coupon.ts';

/** Customers that a search found, and the resellers that they belong to. */
export interface Beneficiaries {
  readonly customerIds: ReadonlySet<string>;
  readonly resellerIds: ReadonlySet<string>;
}

/** FIN-153: every coupon that one of them can use: its own, its reseller's, the unrestricted ones. */
export const isFor = ({ customerId, resellerId }: Coupon, { customerIds, resellerIds }: Beneficiaries): boolean =>
  customerIds.size > 0 &&
  (customerId === undefined || customerIds.has(customerId)) &&
  (resellerId === undefined || resellerIds.has(resellerId));

export interface CouponFilter {
  readonly tab: 'all' | 'test';
  readonly status?: CouponStatus;
  readonly beneficiaries?: Beneficiaries;
}

/** Tabs and filters of the list (FIN-144, FIN-154). */
export const isShown = (coupon: Coupon, { tab, status, beneficiaries }: CouponFilter, now: Instant): boolean =>
  (tab === 'all' || coupon.kind === 'test') &&
  (status === undefined || statusOf(coupon, now) === status) &&
  (beneficiaries === undefined || isFor(coupon, beneficiaries));
