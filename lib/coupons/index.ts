export {
  COUPON_CURRENCY,
  type Coupon,
  type CouponBillingMode,
  type CouponKind,
  restore,
  servesAt,
  statusOf,
  use,
} from './coupon.ts';
