import { credit, debit, type Leg, type Posting } from '#lib/ledger/index.ts';
import type { Money } from '#lib/shared/money.ts';
import { COUPON_CURRENCY, type Coupon } from './coupon.ts';

/** A coupon is an expense of the platform from its issue on, and owed to the partner until it is used or lapses. */
const issuedLegs = (amount: Money): Leg[] => [
  debit('coupon-expense', COUPON_CURRENCY, amount),
  credit('coupons', COUPON_CURRENCY, amount),
];

/** What a coupon held is not owed any more: it was revoked or lapsed. */
export const endedLegs = (amount: Money): Leg[] => [
  debit('coupons', COUPON_CURRENCY, amount),
  credit('coupon-expense', COUPON_CURRENCY, amount),
];

/** What bill lines take from coupons; below 0 what they give back. */
export const usedLegs = (amount: Money): Leg[] => [
  debit('coupons', COUPON_CURRENCY, amount),
  credit('coupons-applied', COUPON_CURRENCY, amount),
];

/** What a refund takes back of a coupon's part without giving it back (FIN-61): the platform never had to pay it. */
export const forfeitedLegs = (amount: Money): Leg[] => [
  debit('coupons-applied', COUPON_CURRENCY, amount),
  credit('coupon-expense', COUPON_CURRENCY, amount),
];

export const issuePosting = ({ couponId, partnerId, faceValue }: Coupon): Posting => ({
  postingId: `${couponId}:issued`,
  partnerId,
  kind: 'coupon.issued',
  reference: couponId,
  legs: issuedLegs(faceValue),
});

/** @param version of the coupon before: it may lapse again after something was given back to it */
export const endPosting = (before: Coupon, kind: 'coupon.revoked' | 'coupon.lapsed'): Posting => ({
  postingId: `${before.couponId}:ended:${before.version}`,
  partnerId: before.partnerId,
  kind,
  reference: before.couponId,
  legs: endedLegs(before.balance),
});
