import type { CouponLine, CouponUse, Spending } from '#lib/coupons/index.ts';
import { type ExpenditureRecord, restoresCoupons } from '#lib/expenditures/index.ts';
import { type Fraction, type Money, negate } from '#lib/shared/money.ts';
import { type BillingMonth, businessDayOf, type Instant, monthPlus, monthStart } from '#lib/shared/time.ts';
import { ruleTimeOf } from '../cycle.ts';
import type { Original } from '../settlement.ts';

/** A line that coupons may have to do with. A refund of a line on the same bill learns only in the sequence what that line took. */
export type Candidate = CouponLine & {
  /** The part that settles it. */
  readonly part: number;
  readonly original?: { readonly place: string; readonly fraction: Fraction };
};

type Placed = Pick<ExpenditureRecord, 'transactionTime' | 'recordId'>;

/** FIN-51: transaction time, then line. */
export const placeOf = ({ transactionTime, recordId }: Placed): string => `${transactionTime}#${recordId}`;

/** A refund of the very second of its original comes behind it, whatever their ids (FIN-185). */
export function placeOfRefund(refund: Placed, original: Placed): string {
  const tied = refund.transactionTime === original.transactionTime && refund.recordId < original.recordId;
  return tied ? `${placeOf(original)}#${refund.recordId}` : placeOf(refund);
}

export function spendingOf(record: ExpenditureRecord): Spending {
  const { customerId, resellerId, productTypeCode } = record;
  return {
    customerId,
    resellerId,
    productTypeCode,
    billingMode: couponModeOf(record),
    marketplace: record.source === 'marketplace',
    time: ruleTimeOf(record),
  };
}

/** A subscription is yearly when its term is counted in years (column 25). */
function couponModeOf({ billingMode, termUnit }: ExpenditureRecord): Spending['billingMode'] {
  switch (billingMode) {
    case 'pay-per-use':
      return 'pay-per-use';
    case 'yearly-monthly':
      return /^years?$/i.test(termUnit ?? '') ? 'yearly' : 'monthly';
    case 'reserved-instance-upfront':
    case 'reserved-instance-hourly':
      return 'reserved-instance';
    case 'savings-plan':
      return undefined;
  }
}

const lineOf = ({ recordId, customerId, transactionTime }: ExpenditureRecord, part: number) => ({
  recordId,
  customerId,
  transactionTime,
  part,
});

export const spentCandidate = (record: ExpenditureRecord, settlement: Money, part: number): Candidate => ({
  ...lineOf(record, part),
  place: placeOf(record),
  spending: spendingOf(record),
  settlement,
});

/** FIN-63: of a line that is on an earlier bill. */
export const refundCandidate = (
  refund: ExpenditureRecord,
  takesBack: readonly CouponUse[],
  part: number,
): Candidate => ({
  ...lineOf(refund, part),
  place: placeOf(refund),
  takesBack,
  restores: restoresCoupons(refund),
});

/** FIN-63, FIN-185: of a line that is on the same bill. */
export const sameBillRefund = (refund: ExpenditureRecord, { charge }: Original, part: number): Candidate => ({
  ...refundCandidate(refund, [], part),
  place: placeOfRefund(refund, charge),
  original: { place: placeOf(charge), fraction: refundedFraction(refund, charge) },
});

export const refundedFraction = (refund: ExpenditureRecord, original: ExpenditureRecord): Fraction => ({
  numerator: negate(refund.listPrice),
  denominator: original.listPrice,
});

/** Sorts before every other bucket. */
export const OLDEST = '0000';

/**
 * Where a candidate is kept, so that they can be taken in their sequence without holding all of them: its day; late charges by month, and
 * together what is older than two years, because a slice writes every bucket that it has candidates of.
 */
export function bucketsOf(cycle: BillingMonth): (time: Instant) => string {
  const start = monthStart(cycle);
  const oldest = monthStart(monthPlus(cycle, -24));
  return (time) => {
    if (time < oldest) return OLDEST;
    const day = businessDayOf(time);
    return time < start ? day.slice(0, 7) : day;
  };
}
