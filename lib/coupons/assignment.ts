import { cut, type Money, subtract, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Coupon, statusOf } from './coupon.ts';

export type AssignmentRefusal = 'TEST_COUPON_NOT_ASSIGNABLE' | 'COUPON_NOT_AVAILABLE' | 'ASSIGNED_AMOUNT_INVALID';

/** FIN-134: the part becomes a coupon of its own, with the same validity and scope; the source shrinks by it. */
export interface Assignment {
  readonly source: Coupon;
  readonly part: Coupon;
}

/** @param wish without an amount, all that the coupon holds */
export function decideAssignment(
  before: Coupon,
  wish: { readonly couponId: string; readonly customerId: string; readonly amount?: Money },
  now: Instant,
): Assignment | { readonly refusal: AssignmentRefusal } {
  if (before.kind === 'test') return { refusal: 'TEST_COUPON_NOT_ASSIGNABLE' }; // FIN-135
  const amount = wish.amount ?? before.balance;
  if (statusOf(before, now) !== 'available' || before.customerId !== undefined || amount > before.balance) {
    return { refusal: 'COUPON_NOT_AVAILABLE' };
  }
  if (amount <= ZERO || amount !== cut(amount, 8)) return { refusal: 'ASSIGNED_AMOUNT_INVALID' };
  const { couponId, customerId } = wish;
  const part: Coupon = {
    ...before,
    couponId,
    customerId,
    faceValue: amount,
    balance: amount,
    issuedAt: now,
    splitFrom: before.couponId,
    version: 1,
  };
  return { source: shrunk(before, amount, now), part };
}

function shrunk(before: Coupon, amount: Money, now: Instant): Coupon {
  const balance = subtract(before.balance, amount);
  return {
    ...before,
    faceValue: subtract(before.faceValue, amount),
    balance,
    usedUpAt: balance === ZERO ? now : before.usedUpAt,
  };
}
