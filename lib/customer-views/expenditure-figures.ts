import type { CustomerMonth } from '#lib/expenditures/index.ts';
import { add, fixedText, type Money, percentText, subtract, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, monthPlus, monthsBetween } from '#lib/shared/time.ts';

/** CUS-050: the present month and the eleven before it. */
export const monthsShown = (month: BillingMonth): BillingMonth[] => monthsBetween(monthPlus(month, -11), month);

/** A month without a counter is 0 (CUS-252). */
export function monthlyFigures(counters: readonly Pick<CustomerMonth, 'month' | 'usage'>[], month: BillingMonth) {
  const usageOf = (wanted: BillingMonth): Money => counters.find((each) => each.month === wanted)?.usage ?? ZERO;
  const [monthToDate, lastMonth] = [usageOf(month), usageOf(monthPlus(month, -1))];
  return {
    monthToDate: fixedText(monthToDate, 8),
    lastMonth: fixedText(lastMonth, 8),
    changePercent: percentText(subtract(monthToDate, lastMonth), lastMonth),
    months: monthsShown(month).map((each) => ({ month: each, listPrice: fixedText(usageOf(each), 8) })),
  };
}

interface Row {
  readonly billType: string;
  readonly productType: string;
  readonly listPrice: Money;
}

/** Expenditures by product, the largest first; refunds and adjustments are not netted (ORD-135). */
export function rankProducts(rows: readonly Row[]): { productType: string; listPrice: string }[] {
  const sums = new Map<string, Money>();
  for (const { billType, productType, listPrice } of rows) {
    if (billType === 'expenditure') sums.set(productType, add(sums.get(productType) ?? ZERO, listPrice));
  }
  return [...sums]
    .toSorted(([nameA, a], [nameB, b]) => (a === b ? (nameA < nameB ? -1 : 1) : a > b ? -1 : 1))
    .map(([productType, listPrice]) => ({ productType, listPrice: fixedText(listPrice, 8) }));
}
