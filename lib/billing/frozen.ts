import type { BillType, ExpenditureRecord } from '#lib/expenditures/index.ts';
import { add, type Money, ZERO } from '#lib/shared/money.ts';

/** Number and list prices of the records of a closed month: what the lines are read against (FIN-14). */
export interface Frozen extends Readonly<Record<BillType, Money>> {
  readonly count: number;
}

export interface FrozenCustomer extends Frozen {
  readonly customerId: string;
}

export const NOTHING: Frozen = { count: 0, expenditure: ZERO, refund: ZERO, adjustment: ZERO };

export const frozenOf = ({ count, expenditure, refund, adjustment }: Frozen): Frozen => ({
  count,
  expenditure,
  refund,
  adjustment,
});

export const addFrozen = (a: Frozen, b: Frozen): Frozen => ({
  count: a.count + b.count,
  expenditure: add(a.expenditure, b.expenditure),
  refund: add(a.refund, b.refund),
  adjustment: add(a.adjustment, b.adjustment),
});

export const sameFrozen = (a: Frozen, b: Frozen): boolean =>
  a.count === b.count && a.expenditure === b.expenditure && a.refund === b.refund && a.adjustment === b.adjustment;

/** What was read of a customer so far. */
export function sumOfRecords(records: readonly Pick<ExpenditureRecord, 'billType' | 'listPrice'>[]): Frozen {
  const sums = { ...NOTHING, count: records.length };
  for (const { billType, listPrice } of records) sums[billType] = add(sums[billType], listPrice);
  return sums;
}
