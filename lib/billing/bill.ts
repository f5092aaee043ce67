import { add, type Money, negate, roundedProduct, roundHalfUp, smallest, subtract, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { billIdOf } from './bill-id.ts';
import { dueAtOf, isLate } from './cycle.ts';
import type { TaxComponent } from './tax.ts';
import { settlementsOf, type Totals, taxOf } from './totals.ts';
import type { WithholdingTerm } from './withholding.ts';

/** Bills are made out in this currency; the debt is in the partner's payment currency (FIN-47, FIN-48). */
export const BILL_CURRENCY = 'USD';

/** What holds for a whole bill, agreed once after its lines were frozen and before the first is settled. */
export interface Terms {
  readonly taxRuleId: string;
  readonly taxComponents: readonly TaxComponent[];
  /** When prices contain withholding tax; missing where they never do (FIN-119). */
  readonly withholding?: readonly WithholdingTerm[];
  /** Version of the partner's discount book that all lines are settled by. */
  readonly discountVersion: number;
  readonly paymentCurrency: string;
  /** Agreed with the partner; the usual ones when absent (FIN-162). */
  readonly paymentDays?: number;
  readonly partnerName: string;
  readonly partnerAccountName: string;
  /** The partner's coupons of this time may pay for lines; absent when it never had one. */
  readonly couponsAsOf?: Instant;
}

/** FIN-50: expenditures + refunds + adjustments − coupons + tax = exact amount. Never changed once issued (FIN-14). */
export interface Bill {
  readonly billId: string;
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  readonly currency: string;
  readonly paymentCurrency: string;
  readonly exchangeRate: Money;
  readonly lineCount: number;
  readonly expenditures: Money;
  readonly refunds: Money;
  readonly adjustments: Money;
  readonly couponsUsed: Money;
  /** By kind, because neither counts as revenue of the partner (FIN-58). */
  readonly couponsUsedCash: Money;
  readonly couponsUsedTest: Money;
  readonly taxExclusiveDue: Money;
  readonly tax: Money;
  readonly taxByComponent: Readonly<Record<string, Money>>;
  /** May be negative (FIN-44). */
  readonly billAmountExact: Money;
  readonly amountDue: Money;
  readonly amountDuePayment: Money;
  /** FIN-125: withholding tax contained in the amount due, in the payment currency; missing on bills of before there were such rules. */
  readonly withheld?: Money;
  /** What a negative bill gives back, in the payment currency (FIN-45). */
  readonly credit: Money;
  readonly terms: Terms;
  readonly issuedAt: Instant;
  readonly dueAt: Instant;
  readonly late: boolean;
  readonly usageCompleteThrough?: Instant;
}

export interface BillFacts {
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  /** Above 1 for a bill that takes the place of one that was voided. */
  readonly revision?: number;
  readonly totals: Totals;
  readonly terms: Terms;
  /** Payment-currency units per unit of the bill's currency. */
  readonly exchangeRate: Money;
  readonly usageCompleteThrough?: Instant;
}

export function issueBill({ partnerId, cycle, revision, totals, terms, ...facts }: BillFacts, now: Instant): Bill {
  const settlement = settlementsOf(totals);
  const tax = taxOf(totals);
  const taxExclusiveDue = subtract(settlement, totals.couponsUsed);
  const exact = add(taxExclusiveDue, tax); // FIN-37
  const dues = duesOf(exact, facts.exchangeRate, terms.paymentCurrency);
  return {
    billId: billIdOf(partnerId, cycle, revision),
    partnerId,
    cycle,
    currency: BILL_CURRENCY,
    paymentCurrency: terms.paymentCurrency,
    lineCount: totals.count,
    expenditures: totals.expenditure,
    refunds: totals.refund,
    adjustments: totals.adjustment,
    couponsUsed: totals.couponsUsed,
    couponsUsedCash: totals.couponsUsedCash,
    couponsUsedTest: totals.couponsUsedTest,
    taxExclusiveDue,
    tax,
    taxByComponent: totals.taxByComponent,
    billAmountExact: exact,
    ...dues,
    withheld: withheldIn(totals.withheld, dues.amountDuePayment, facts.exchangeRate, terms.paymentCurrency),
    terms,
    issuedAt: now,
    dueAt: dueAtOf(now, terms.paymentDays),
    late: isLate(cycle, now),
    ...facts,
  };
}

/**
 * FIN-41: only the total is rounded. FIN-44, FIN-45: a negative total is nothing due and a credit. FIN-46: what rounds to 0.00 is neither.
 * FIN-47: the payment-currency amount comes from the unrounded one.
 */
export function duesOf(
  exact: Money,
  rate: Money,
  paymentCurrency: string,
): Pick<Bill, 'amountDue' | 'amountDuePayment' | 'credit'> {
  const rounded = roundHalfUp(exact, 2);
  const payment = rounded === ZERO ? ZERO : inPaymentCurrency(exact, rate, paymentCurrency);
  return {
    amountDue: rounded > 0n ? rounded : ZERO,
    amountDuePayment: payment > 0n ? payment : ZERO,
    credit: payment < 0n ? negate(payment) : ZERO,
  };
}

/** FIN-125: of what is due at all; rounded once. */
function withheldIn(exact: Money, due: Money, rate: Money, currency: string): Money {
  const withheld = inPaymentCurrency(exact, rate, currency);
  return withheld <= 0n ? ZERO : smallest(withheld, due);
}

/** FIN-47. */
export const inPaymentCurrency = (exact: Money, rate: Money, currency: string): Money =>
  roundedProduct([exact, rate], paymentDecimals(currency));

/** Two, or none where the currency has no minor unit, such as CLP (FIN-47). */
export function paymentDecimals(currency: string): number {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  return Math.min(2, maximumFractionDigits);
}
