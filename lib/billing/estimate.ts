import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { add, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { type GroupFigures, startBreakdown } from './breakdown/breakdown.ts';
import type { Frozen } from './frozen.ts';
import { amountsOf } from './line.ts';
import { type SettlementRules, settle } from './settlement.ts';
import type { Totals } from './totals.ts';

/** Settlement amounts per bill type, exact, without tax and coupons (FIN-65, FIN-66). */
export type EstimateSums = Pick<Totals, 'expenditure' | 'refund' | 'adjustment'>;

export const NO_ESTIMATE: EstimateSums = { expenditure: ZERO, refund: ZERO, adjustment: ZERO };

/** What a partner's bill of a cycle comes to so far. */
export interface Estimate {
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  readonly sums: EstimateSums;
  /** The refresh that it comes from. */
  readonly asOf: Instant;
  readonly usageCompleteThrough?: Instant;
}

/** The part of a customer: good as long as its records and the partner's discounts are those it was made from. */
export interface CustomerEstimate {
  readonly customerId: string;
  readonly read: Frozen;
  readonly discountVersion: number;
  readonly sums: EstimateSums;
  readonly groups: readonly GroupFigures[];
}

export const addSums = (a: EstimateSums, b: EstimateSums): EstimateSums => ({
  expenditure: add(a.expenditure, b.expenditure),
  refund: add(a.refund, b.refund),
  adjustment: add(a.adjustment, b.adjustment),
});

/** The same settlement as on the bill (FIN-41), by bill type and by product (FIN-145). */
export function estimateOf(
  records: readonly ExpenditureRecord[],
  rules: SettlementRules,
): Pick<CustomerEstimate, 'sums' | 'groups'> {
  const sums = { ...NO_ESTIMATE };
  const breakdown = startBreakdown();
  for (const charge of records) {
    const settlement = settle(charge, rules);
    sums[charge.billType] = add(sums[charge.billType], settlement.amount);
    breakdown.add({ charge, settlement, amounts: amountsOf(settlement.amount, []) });
  }
  return { sums, groups: breakdown.result().groups };
}
