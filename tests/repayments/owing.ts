import { billIssued } from '#events/billing.ts';
import { issueBill, type Terms } from '#lib/billing/bill.ts';
import { postingOf } from '#lib/billing/bill-posting.ts';
import { putBill } from '#lib/billing/bill-store.ts';
import { type IssuedBill, loadBill } from '#lib/billing/index.ts';
import { NO_LINES } from '#lib/billing/totals.ts';
import { loadTrialBalance, postingsAside } from '#lib/ledger/index.ts';
import { topUpFromIncentive } from '#lib/repayments/index.ts';
import { exactText, type Money, parseMoney } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { aPartner, asSystem, type TestPartner } from '../support/index.ts';

const month = (text: string): BillingMonth => text as BillingMonth;

export interface Owed {
  readonly cycle: string;
  readonly amount: string;
  readonly currency?: string;
  readonly rate?: string;
  readonly paymentDays?: number;
  readonly issuedAt?: string;
}

/** An issued bill of one line, posted and announced as the bill run does it. @returns its id */
export async function owe(partner: TestPartner, wish: Owed): Promise<string> {
  const { cycle, amount, currency: paymentCurrency = 'USD', rate = '1', paymentDays } = wish;
  const exact = parseMoney(amount);
  const terms: Terms = {
    taxRuleId: 'tax_1',
    taxComponents: [],
    discountVersion: 0,
    paymentCurrency,
    paymentDays,
    partnerName: 'Partner',
    partnerAccountName: 'partner',
  };
  const totals = { ...NO_LINES, count: 1, expenditure: exact, due: exact };
  const { partnerId } = partner;
  const facts = { partnerId, cycle: month(cycle), totals, terms, exchangeRate: parseMoney(rate) };
  return asSystem(async (clockNow) => {
    const now = wish.issuedAt === undefined ? clockNow : instant(wish.issuedAt);
    const bill = issueBill(facts, now);
    const detail = {
      billId: bill.billId,
      partnerId,
      cycle,
      currency: bill.currency,
      billAmountExact: exactText(bill.billAmountExact),
      amountDue: exactText(bill.amountDue),
      paymentCurrency,
      exchangeRate: rate,
      amountDuePayment: exactText(bill.amountDuePayment),
      issuedAt: now,
      dueAt: bill.dueAt,
      late: bill.late,
    };
    await transact({
      writes: [putBill(bill), ...postingsAside(partnerId, [postingOf(bill)], now)],
      events: [event(billIssued, detail, now)],
    });
    return bill.billId;
  });
}

/** A partner with unpaid bills. */
export async function aDebtor(bills: readonly Owed[], wish: Parameters<typeof aPartner>[0] = {}): Promise<TestPartner> {
  const partner = await aPartner(wish);
  for (const bill of bills) await owe(partner, bill);
  return partner;
}

let payouts = 0;

/** Money comes into the account of a partner; what it pays is worked off with the next `drain`. */
export const credit = ({ partnerId }: TestPartner, amount: string, currency = 'USD') => {
  payouts += 1;
  const wish = { partnerId, currency, amount: parseMoney(amount), reference: `payout-${payouts}` };
  return asSystem((now) => topUpFromIncentive(wish, now));
};

export async function billOf({ partnerId }: TestPartner, cycle: string): Promise<IssuedBill> {
  const bill = await loadBill(partnerId, month(cycle));
  if (!bill) throw new Error(`no bill of ${cycle}`);
  return bill;
}

/** Debits and credits of everything that was ever posted, by currency; 0 each while the books are in order. */
export async function booksOutBy(): Promise<Record<string, Money>> {
  const sums: Record<string, Money> = {};
  for (const [place, amount] of Object.entries(await loadTrialBalance())) {
    const currency = place.split('@')[1] ?? '';
    sums[currency] = ((sums[currency] ?? 0n) + amount) as Money;
  }
  return sums;
}
