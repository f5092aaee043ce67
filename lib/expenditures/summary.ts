import { add, type Money, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { summaryDayOf } from './movement.ts';
import type { ExpenditureRecord } from './record.ts';
import type { SummaryDay } from './summary-day.ts';
import { amountDueOf } from './view-amount.ts';

export interface Figures {
  readonly listPrice: Money;
  readonly discount: Money;
  /** The amount due (ORD-132). */
  readonly amount: Money;
  readonly cashPayments: Money;
  readonly couponsUsed: Money;
  readonly monthlySettlement: Money;
}

/** Charges of one kind together. Refunds and adjustments are kinds of their own: nothing is netted (ORD-135). */
export type SummaryRow = Figures &
  Pick<ExpenditureRecord, 'billType' | 'productType' | 'billingMode' | 'associationType' | 'resellerId'>;

/** The rows of a day that has `count` records. Records are only ever added, so an equal count means equal rows. */
export interface DaySummary {
  readonly count: number;
  readonly rows: readonly SummaryRow[];
}

export const NO_FIGURES: Figures = {
  listPrice: ZERO,
  discount: ZERO,
  amount: ZERO,
  cashPayments: ZERO,
  couponsUsed: ZERO,
  monthlySettlement: ZERO,
};

export const addFigures = (a: Figures, b: Figures): Figures => ({
  listPrice: add(a.listPrice, b.listPrice),
  discount: add(a.discount, b.discount),
  amount: add(a.amount, b.amount),
  cashPayments: add(a.cashPayments, b.cashPayments),
  couponsUsed: add(a.couponsUsed, b.couponsUsed),
  monthlySettlement: add(a.monthlySettlement, b.monthlySettlement),
});

function toRow(record: ExpenditureRecord): SummaryRow {
  const { billType, productType, billingMode, associationType, resellerId, listPrice, payment } = record;
  const { discount, cashPayments, couponsUsed, monthlySettlement } = payment;
  const amounts = { listPrice, discount, amount: amountDueOf(record), cashPayments, couponsUsed, monthlySettlement };
  return { billType, productType, billingMode, associationType, resellerId, ...amounts };
}

/** Sums rows of the same kind as they come. */
export class Rows {
  readonly #rows = new Map<string, SummaryRow>();

  add(row: SummaryRow): void {
    const { billType, productType, billingMode, associationType, resellerId = '' } = row;
    const key = JSON.stringify([billType, productType, billingMode, associationType, resellerId]);
    const before = this.#rows.get(key);
    this.#rows.set(key, before ? { ...before, ...addFigures(before, row) } : row);
  }

  all(): SummaryRow[] {
    return [...this.#rows.values()];
  }
}

/** Sums the records of a cycle by the day under which each is shown. */
export class Days {
  readonly #cycle: BillingMonth;
  readonly #days = new Map<SummaryDay, { readonly rows: Rows; count: number }>();

  constructor(cycle: BillingMonth) {
    this.#cycle = cycle;
  }

  add(record: ExpenditureRecord): void {
    const name = summaryDayOf(record, this.#cycle);
    const day = this.#days.get(name) ?? { rows: new Rows(), count: 0 };
    this.#days.set(name, day);
    day.count += 1;
    day.rows.add(toRow(record));
  }

  of(day: SummaryDay): DaySummary {
    const known = this.#days.get(day);
    return { count: known?.count ?? 0, rows: known?.rows.all() ?? [] };
  }
}
