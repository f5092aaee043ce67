import { defineErrors } from '#lib/shared/errors.ts';

export const couponErrors = defineErrors({
  COUPON_NOT_FOUND: { status: 404, message: 'There is no such coupon.' },
  COUPON_INVALID: { status: 422, message: 'The coupon cannot be issued in this form.' }, // FIN-132
  COUPON_NOT_AVAILABLE: {
    status: 409,
    message: 'The coupon is used, expired, revoked or tied to a customer already, or does not hold that much.',
  }, // FIN-134, FIN-137
  CUSTOMER_NOT_ASSOCIATED: {
    status: 422,
    message: 'This customer is not associated with the partner in the reseller model.',
  },
  TEST_COUPON_NOT_ASSIGNABLE: { status: 422, message: 'Test coupons are tied to a customer by the platform alone.' }, // FIN-135
  ASSIGNED_AMOUNT_INVALID: { status: 422, message: 'The amount must be above 0 with at most 8 decimals.' }, // FIN-134
});
