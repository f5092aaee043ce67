export { assignCoupon } from './assign-coupon.ts';
export {
  COUPON_CURRENCY,
  COUPON_STATUSES,
  type Coupon,
  type CouponBillingMode,
  type CouponKind,
  restore,
  servesAt,
  statusOf,
  use,
} from './coupon.ts';
export { couponScope } from './coupon-scope.ts';
export { hasCoupons, loadCoupons, moveCoupon } from './coupon-store.ts';
export {
  couponFields,
  couponSummaryView,
  couponUsageView,
  couponView,
  quotaEntryView,
  toCouponUsageView,
  toCouponView,
  toQuotaEntryView,
} from './coupon-view.ts';
export { readCustomerCoupons } from './customer-coupons.ts';
export { couponErrors } from './errors.ts';
export { issueCoupon } from './issue-coupon.ts';
export { lapseCoupons } from './lapse-coupons.ts';
export { loadNotification, noteTold } from './notification-store.ts';
export { endedLegs, usedLegs } from './posting.ts';
export { queryCoupons, withBeneficiaries } from './query-coupons.ts';
export { appendQuota, listQuota, type QuotaEntry } from './quota-store.ts';
export { revokeCoupon } from './revoke-coupon.ts';
export { setNotification } from './set-notification.ts';
export { listTestHolders } from './test-holder-store.ts';
export { appendUsage, type CouponUsage, listUsages, usageByCustomer } from './usage-store.ts';
