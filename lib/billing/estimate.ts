import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { add, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Frozen } from './frozen.ts';
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
}

export const addSums = (a: EstimateSums, b: EstimateSums): EstimateSums => ({
  expenditure: add(a.expenditure, b.expenditure),
  refund: add(a.refund, b.refund),
  adjustment: add(a.adjustment, b.adjustment),
});

/** The same settlement as on the bill (FIN-41). */
export function estimateOf(records: readonly ExpenditureRecord[], rules: SettlementRules): EstimateSums {
  const sums = { ...NO_ESTIMATE };
  for (const record of records) sums[record.billType] = add(sums[record.billType], settle(record, rules).amount);
  return sums;
}
