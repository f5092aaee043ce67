import { sumOfUses } from '#lib/coupons/index.ts';
import type { BillType } from '#lib/expenditures/index.ts';
import { add, type Money, sum, ZERO } from '#lib/shared/money.ts';
import type { BillLine, LineAmounts } from './line.ts';

/** Exact sums over lines; the order of the lines does not matter. */
export interface Totals {
  readonly count: number;
  /** Settlement amounts per bill type. */
  readonly expenditure: Money;
  readonly refund: Money;
  readonly adjustment: Money;
  readonly couponsUsed: Money;
  readonly couponsUsedCash: Money;
  readonly couponsUsedTest: Money;
  readonly taxByComponent: Readonly<Record<string, Money>>;
  readonly due: Money;
  /** Withholding tax contained in what is due, exact (FIN-125). */
  readonly withheld: Money;
}

export const NO_LINES: Totals = {
  count: 0,
  expenditure: ZERO,
  refund: ZERO,
  adjustment: ZERO,
  couponsUsed: ZERO,
  couponsUsedCash: ZERO,
  couponsUsedTest: ZERO,
  taxByComponent: {},
  due: ZERO,
  withheld: ZERO,
};

export const settlementsOf = ({ expenditure, refund, adjustment }: Pick<Totals, BillType>): Money =>
  sum([expenditure, refund, adjustment]);

export const taxOf = (totals: Totals): Money => sum(Object.values(totals.taxByComponent));

/** Sums that lines are added to in place: a part has thousands of them. */
export type RunningTotals = { -readonly [Key in keyof Totals]: Totals[Key] } & {
  taxByComponent: Record<string, Money>;
};

export const startTotals = (): RunningTotals => ({ ...NO_LINES, taxByComponent: {} });

export function addLine(
  totals: RunningTotals,
  billType: BillType,
  settlement: Money,
  amounts: LineAmounts,
  withheld: Money = ZERO,
): void {
  totals.count += 1;
  totals[billType] = add(totals[billType], settlement);
  totals.couponsUsed = add(totals.couponsUsed, amounts.couponsUsed);
  totals.due = add(totals.due, amounts.due);
  if (withheld !== ZERO) totals.withheld = add(totals.withheld, withheld);
  for (const [code, amount] of Object.entries(amounts.tax.byComponent)) {
    totals.taxByComponent[code] = add(totals.taxByComponent[code] ?? ZERO, amount);
  }
}

/** FIN-58: what coupons of each kind paid of a line. */
export function addUses(totals: RunningTotals, uses: BillLine['couponUsages'] = []): void {
  totals.couponsUsedCash = add(totals.couponsUsedCash, sumOfUses(uses, 'cash'));
  totals.couponsUsedTest = add(totals.couponsUsedTest, sumOfUses(uses, 'test'));
}

/** The sums of two sets of lines. */
export function join(a: Totals, b: Totals): Totals {
  const codes = new Set([...Object.keys(a.taxByComponent), ...Object.keys(b.taxByComponent)]);
  return {
    count: a.count + b.count,
    expenditure: add(a.expenditure, b.expenditure),
    refund: add(a.refund, b.refund),
    adjustment: add(a.adjustment, b.adjustment),
    couponsUsed: add(a.couponsUsed, b.couponsUsed),
    couponsUsedCash: add(a.couponsUsedCash, b.couponsUsedCash),
    couponsUsedTest: add(a.couponsUsedTest, b.couponsUsedTest),
    taxByComponent: Object.fromEntries(
      [...codes].map((code) => [code, add(a.taxByComponent[code] ?? ZERO, b.taxByComponent[code] ?? ZERO)]),
    ),
    due: add(a.due, b.due),
    withheld: add(a.withheld, b.withheld),
  };
}
