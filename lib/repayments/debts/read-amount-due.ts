import { BILL_CURRENCY, listBills, openBills } from '#lib/billing/index.ts';
import { cashOf, loadAccount } from '#lib/ledger/index.ts';
import { loadPartner, paymentCurrencyOf } from '#lib/partners/index.ts';
import type { Money } from '#lib/shared/money.ts';
import { type BillingMonth, billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { type AmountDue, amountsDue } from './amount-due.ts';

export interface AmountDueReading {
  readonly latestCycle?: BillingMonth;
  readonly amounts: readonly (AmountDue & { readonly balance: Money })[];
}

/** What a partner owes, beside what it has to pay with. */
export async function readAmountDue(partnerId: string, now: Instant): Promise<AmountDueReading> {
  const [bills, newest, account, partner] = await Promise.all([
    openBills(partnerId),
    listBills(partnerId, { limit: 1 }),
    loadAccount(partnerId),
    loadPartner(partnerId),
  ]);
  const [latest] = newest.bills;
  const usual = partner ? paymentCurrencyOf(partner, billingMonthOf(now)) : BILL_CURRENCY;
  const currency = latest?.paymentCurrency ?? usual;
  const amounts = amountsDue(bills, { latestCycle: latest?.cycle, currency }, now);
  return {
    latestCycle: latest?.cycle,
    amounts: amounts.map((amount) => ({ ...amount, balance: cashOf(account, amount.currency) })),
  };
}
