import { add, type Money, negate, smallest, subtract, sum, ZERO } from '#lib/shared/money.ts';
import { type Coupon, restore } from './coupon.ts';

/** A coupon as it stands once a bill that used it was voided. */
export interface Restored {
  readonly after: Coupon;
  /** What it got back; below 0 what it lost again, because the bill had given it back. */
  readonly restored: Money;
  /** What had lapsed with its one use (FIN-56). */
  readonly unlapsed: Money;
}

/**
 * Takes back what a bill took of a coupon. It may pay again for lines of its time, even if it lapsed since: the bill is made anew
 * (FIN-53). What was revoked stays revoked (FIN-137), and no balance falls below 0.
 */
export function undoUse(coupon: Coupon, used: Money): Restored {
  const given = used > 0n ? restore(coupon, used).restored : negate(smallest(coupon.balance, negate(used)));
  const balance = add(coupon.balance, given);
  const unlapsed = !coupon.multiUse && used > 0n ? subtract(coupon.faceValue, balance) : ZERO;
  const after = { ...coupon, balance: add(balance, unlapsed), lapsedAt: undefined };
  return { after: { ...after, usedUpAt: after.balance > 0n ? undefined : coupon.usedUpAt }, restored: given, unlapsed };
}

export const sumOfAmounts = (uses: Iterable<{ readonly amount: Money }>): Money =>
  sum([...uses].map(({ amount }) => amount));
