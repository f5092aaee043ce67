export { assignCoupon } from './assign-coupon.ts';
export {
  COUPON_CURRENCY,
  COUPON_STATUSES,
  type Coupon,
  statusOf,
} from './coupon.ts';
export { couponScope } from './coupon-scope.ts';
export { hasCoupons, loadCoupons } from './coupon-store.ts';
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
export {
  type CouponLine,
  type CouponUse,
  type Covering,
  inSequence,
  startCovering,
  sumOfUses,
  takenBack,
} from './covering.ts';
export { readCustomerCoupons } from './customer-coupons.ts';
export { couponErrors } from './errors.ts';
export { type CouponIndex, indexCoupons, knownAt, mayBeCovered, type Spending } from './fitting.ts';
export { issueCoupon } from './issue-coupon.ts';
export { lapseCoupon, lapseMessage, sendLapses } from './lapse-coupons.ts';
export { loadNotification, noteTold } from './notification-store.ts';
export { queryCoupons, withBeneficiaries } from './query-coupons.ts';
export { listQuota } from './quota-store.ts';
export { MOST_WRITES_OF_A_COUPON, MOST_WRITES_OF_THE_LEDGER, recordMoves } from './record-moves.ts';
export {
  nextUses,
  RESTORED_FROM,
  restorationEnd,
  restoreWrites,
  type UsedByBill,
  usedByBill,
} from './restore-bill.ts';
export { undoUse } from './restoring.ts';
export { revokeCoupon } from './revoke-coupon.ts';
export { setNotification } from './set-notification.ts';
export { listTestHolders } from './test-holder-store.ts';
export { listUsages, usageByCustomer } from './usage-store.ts';
