import { add, type Money, ZERO } from '#lib/shared/money.ts';
import type { LineAmounts } from '../line.ts';

/** What a set of lines comes to, exact: the columns that the views by product and by customer add up (FIN-145, FIN-150). */
export interface Figures {
  readonly count: number;
  /** At list price (column 37). */
  readonly expenditure: Money;
  readonly settlement: Money;
  readonly couponsUsed: Money;
  readonly taxExclusiveDue: Money;
  readonly tax: Money;
  readonly due: Money;
}

/** Figures that lines are added to in place: a slice has thousands of them. */
export type RunningFigures = { -readonly [Key in keyof Figures]: Figures[Key] };

const NO_FIGURES: Figures = {
  count: 0,
  expenditure: ZERO,
  settlement: ZERO,
  couponsUsed: ZERO,
  taxExclusiveDue: ZERO,
  tax: ZERO,
  due: ZERO,
};

export const startFigures = (): RunningFigures => ({ ...NO_FIGURES });

export function countLine(figures: RunningFigures, listPrice: Money, settlement: Money, amounts: LineAmounts): void {
  figures.count += 1;
  figures.expenditure = add(figures.expenditure, listPrice);
  figures.settlement = add(figures.settlement, settlement);
  figures.couponsUsed = add(figures.couponsUsed, amounts.couponsUsed);
  figures.taxExclusiveDue = add(figures.taxExclusiveDue, amounts.taxExclusiveDue);
  figures.tax = add(figures.tax, amounts.tax.total);
  figures.due = add(figures.due, amounts.due);
}

export function countFigures(figures: RunningFigures, more: Figures): void {
  figures.count += more.count;
  figures.expenditure = add(figures.expenditure, more.expenditure);
  figures.settlement = add(figures.settlement, more.settlement);
  figures.couponsUsed = add(figures.couponsUsed, more.couponsUsed);
  figures.taxExclusiveDue = add(figures.taxExclusiveDue, more.taxExclusiveDue);
  figures.tax = add(figures.tax, more.tax);
  figures.due = add(figures.due, more.due);
}

export function sumFigures(all: Iterable<Figures>): Figures {
  const total = startFigures();
  for (const figures of all) countFigures(total, figures);
  return total;
}
