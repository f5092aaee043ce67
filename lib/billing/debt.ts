import { add, type Money, smallest, subtract, sum, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Bill } from './bill.ts';
import { isPastDue } from './cycle.ts';

export const DEBT_STATUSES = ['unpaid', 'partially-paid', 'paid', 'no-payment-due', 'written-off', 'voided'] as const;

/** What became of a bill's amount due, in its payment currency. The bill itself is never changed (FIN-14); its debt is. */
export interface Debt {
  readonly status: (typeof DEBT_STATUSES)[number];
  readonly paidAmount: Money;
  readonly writtenOffAmount: Money;
  /** Cleared by accepted withholding certificates. */
  readonly whtAmount: Money;
  /** Certificates under review: still outstanding, but neither overdue nor in the way of incentives (FIN-126). */
  readonly whtPending: Money;
  /** Amount due − paid − written off − cleared by certificates. */
  readonly outstanding: Money;
  readonly paidAt?: Instant;
  readonly voidedAt?: Instant;
  readonly invoiceNos: readonly string[];
  readonly version: number;
}

/** A bill with what became of it. */
export interface IssuedBill extends Bill {
  readonly debt: Debt;
  /** Bills that take lines of this one back (FIN-33); while one stands, this one is not voided. */
  readonly refundedOn?: readonly string[];
}

export const debtOf = ({ amountDuePayment }: Pick<Bill, 'amountDuePayment'>): Debt => ({
  status: amountDuePayment > 0n ? 'unpaid' : 'no-payment-due',
  paidAmount: ZERO,
  writtenOffAmount: ZERO,
  whtAmount: ZERO,
  whtPending: ZERO,
  outstanding: amountDuePayment,
  invoiceNos: [],
  version: 1,
});

/** The debt after a payment of at most what is outstanding. */
export const pay = (debt: Debt, amount: Money, now: Instant): Debt =>
  reduced(debt, amount, { paidAmount: add(debt.paidAmount, amount) }, now);

/** FIN-70: what is written off; `written-off` once nothing remains. */
export function writeOff(debt: Debt, amount: Money): Debt {
  const after = reduced(debt, amount, { writtenOffAmount: add(debt.writtenOffAmount, amount) });
  return after.outstanding === ZERO ? { ...after, status: 'written-off' } : { ...after, status: debt.status };
}

/** FIN-125: an uploaded certificate waits for its review. */
export const expectCertificate = (debt: Debt, amount: Money): Debt => ({
  ...debt,
  whtPending: add(debt.whtPending, amount),
});

/** FIN-125: a rejected certificate opens its part again. */
export const dropCertificate = (debt: Debt, amount: Money): Debt => ({
  ...debt,
  whtPending: subtract(debt.whtPending, amount),
});

/** FIN-125: an accepted certificate clears its part. */
export const clearByCertificate = (debt: Debt, amount: Money, now: Instant): Debt =>
  reduced(dropCertificate(debt, amount), amount, { whtAmount: add(debt.whtAmount, amount) }, now);

function reduced(debt: Debt, amount: Money, change: Partial<Debt>, now?: Instant): Debt {
  if (amount <= 0n || amount > debt.outstanding) throw new RangeError(`${amount} of ${debt.outstanding} outstanding`);
  const outstanding = subtract(debt.outstanding, amount);
  const paid =
    outstanding === ZERO ? ({ status: 'paid', paidAt: now } as const) : ({ status: 'partially-paid' } as const);
  return { ...debt, ...change, outstanding, ...paid };
}

/** Nothing of it was paid, written off or withheld, and nothing is under review. */
export const isUntouched = ({ paidAmount, writtenOffAmount, whtAmount, whtPending }: Debt): boolean =>
  sum([paidAmount, writtenOffAmount, whtAmount, whtPending]) === ZERO;

/** The bill is withdrawn; another may take its place. */
export const voidDebt = (debt: Debt, now: Instant): Debt => ({
  ...debt,
  status: 'voided',
  outstanding: ZERO,
  voidedAt: now,
});

/** What can still be paid for it: not what certificates under review stand for. */
export const payable = ({ outstanding, whtPending }: Debt): Money => subtract(outstanding, whtPending);

/**
 * What money can pay of it: the tax that the partner withholds goes to its authority, and a certificate stands for it (FIN-119), so that no
 * balance and no card pays that part.
 */
export function payableInMoney({ debt, withheld = ZERO }: Pick<IssuedBill, 'debt' | 'withheld'>): Money {
  const certified = add(debt.whtAmount, debt.whtPending);
  const byCertificate = withheld > certified ? subtract(withheld, certified) : ZERO;
  const rest = subtract(payable(debt), byCertificate);
  return rest > 0n ? rest : ZERO;
}

/** FIN-162: from 00:00 of the day after the due day, while anything but a certificate under review (FIN-126) is missing. */
export const isOverdue = ({ dueAt, debt }: Pick<IssuedBill, 'dueAt' | 'debt'>, now: Instant): boolean =>
  payable(debt) > 0n && isPastDue(dueAt, now);

/** FIN-92, FIN-126: paid, or nothing to pay, or only a certificate under review is missing; written off does not count. */
export const isFullyPaid = ({ debt }: Pick<IssuedBill, 'debt'>): boolean =>
  debt.status === 'paid' ||
  debt.status === 'no-payment-due' ||
  (debt.writtenOffAmount === ZERO && debt.status !== 'voided' && payable(debt) === ZERO);

export interface Allocation {
  readonly billId: string;
  readonly cycle: BillingMonth;
  readonly amount: Money;
}

/** FIN-76: an amount on bills of its currency, the oldest cycle first; what is left over stays in the account. */
export function allocate(bills: readonly IssuedBill[], amount: Money): Allocation[] {
  const open = bills.filter((bill) => payableInMoney(bill) > 0n).sort((a, b) => (a.cycle < b.cycle ? -1 : 1));
  const allocations: Allocation[] = [];
  let rest = amount;
  for (const bill of open) {
    const { billId, cycle } = bill;
    const part = smallest(rest, payableInMoney(bill));
    if (part <= 0n) break;
    allocations.push({ billId, cycle, amount: part });
    rest = subtract(rest, part);
  }
  return allocations;
}

export const allocated = (allocations: readonly Allocation[]): Money => sum(allocations.map(({ amount }) => amount));
