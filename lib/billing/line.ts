import { type CouponUse, sumOfUses } from '#lib/coupons/index.ts';
import type { Freeze } from '#lib/customers/index.ts';
import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { add, type Money, subtract, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Settlement } from './settlement.ts';
import { type Tax, type TaxComponent, taxOn } from './tax.ts';

/** The part of a charge that its bill line keeps: what fills the columns and what the settlement came from. */
export type BilledCharge = Omit<
  ExpenditureRecord,
  'payment' | 'producedAt' | 'receivedAt' | 'associationType' | 'currency' | 'exchangeRate'
>;

/** The names beside the ids of a line, as they were when the bill was made (columns 3, 4, 6 and 7). */
export interface LineNames {
  readonly customerName?: string;
  readonly accountName: string;
  readonly partnerName: string;
  readonly partnerAccountName: string;
}

export interface LineAmounts {
  readonly couponsUsed: Money;
  readonly taxExclusiveDue: Money;
  readonly tax: Tax;
  readonly due: Money;
}

/** One bill detail record: a charge, how it was settled and what is due for it. */
export interface BillLine {
  readonly lineId: string;
  readonly cycle: BillingMonth;
  readonly charge: BilledCharge;
  readonly names: LineNames;
  readonly settlement: Settlement;
  readonly amounts: LineAmounts;
  /** What each coupon paid of it, or gets less or more back for a refund: that is below 0 (FIN-58, FIN-63). */
  readonly couponUsages?: readonly CouponUse[];
  /** What it is for began while the customer was frozen: the record that proves it, as of when the line was settled (CUS-284). */
  readonly startedWhileFrozen?: Freeze;
}

export const lineIdOf = (recordId: string): string => `line_${recordId}`;
export const recordIdOf = (lineId: string): string | undefined =>
  lineId.startsWith('line_') ? lineId.slice('line_'.length) : undefined;

/**
 * FIN-35 to FIN-37: settlement − coupons = tax-exclusive amount; with tax, the amount due.
 * @param couponsUsed what coupons cover of the line, before tax (FIN-57)
 */
export function amountsOf(
  settlement: Money,
  components: readonly TaxComponent[],
  couponsUsed: Money = ZERO,
): LineAmounts {
  const taxExclusiveDue = subtract(settlement, couponsUsed);
  const tax = taxOn(taxExclusiveDue, components);
  return { couponsUsed, taxExclusiveDue, tax, due: add(taxExclusiveDue, tax.total) };
}

export function toLine(
  record: ExpenditureRecord,
  names: LineNames,
  settlement: Settlement,
  components: readonly TaxComponent[],
  { couponUsages = [], startedWhileFrozen }: Pick<BillLine, 'couponUsages' | 'startedWhileFrozen'> = {},
): BillLine {
  return {
    lineId: lineIdOf(record.recordId),
    cycle: record.billingCycle,
    charge: record,
    names,
    settlement,
    amounts: amountsOf(settlement.amount, components, sumOfUses(couponUsages)),
    couponUsages: couponUsages.length > 0 ? couponUsages : undefined,
    startedWhileFrozen,
  };
}
