import { type IssuedBill, isOverdue, payable } from '#lib/billing/index.ts';
import { type Money, subtract, sum } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';

/** What a partner owes in one currency (FIN-143). */
export interface AmountDue {
  readonly currency: string;
  readonly total: Money;
  /** Of the newest issued bill (FIN-174). */
  readonly latestCycle: Money;
  readonly previousCycles: Money;
  readonly overdue: Money;
}

/** FIN-143: by payment currency, as a change of it leaves older debts in the old one (FIN-49); `currency` comes first, even with nothing due. */
export function amountsDue(
  bills: readonly IssuedBill[],
  { latestCycle, currency }: { readonly latestCycle: BillingMonth | undefined; readonly currency: string },
  now: Instant,
): AmountDue[] {
  const currencies = new Set([currency, ...bills.map(({ paymentCurrency }) => paymentCurrency)]);
  return [...currencies].map((each) => {
    const own = bills.filter(({ paymentCurrency }) => paymentCurrency === each);
    const total = sum(own.map(({ debt }) => debt.outstanding));
    const latest = sum(own.filter(({ cycle }) => cycle === latestCycle).map(({ debt }) => debt.outstanding));
    // FIN-164, FIN-173: decided bill by bill, by its own due date. A certificate under review is not missing (FIN-126).
    const overdue = sum(own.filter((bill) => isOverdue(bill, now)).map(({ debt }) => payable(debt)));
    return { currency: each, total, latestCycle: latest, previousCycles: subtract(total, latest), overdue };
  });
}
