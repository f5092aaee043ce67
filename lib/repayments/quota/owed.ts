import { BILL_CURRENCY, latestRateOf, openBills, readBill, settlementsOf } from '#lib/billing/index.ts';
import { cashOf, loadAccount } from '#lib/ledger/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { type Money, parseMoney, roundedProduct, roundHalfUp, sum, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, billingMonthOf, type Instant, previousMonth } from '#lib/shared/time.ts';
import type { Owed } from './quota.ts';

const ONE = parseMoney('1');

/** FIN-94: what a partner owes, or will with the next bills, in the bills' currency. Other currencies by the rate of their bill, cash by the latest. */
export async function owedBy({ partnerId }: Pick<Partner, 'partnerId'>, now: Instant): Promise<Owed> {
  const cycle = billingMonthOf(now);
  const [bills, account, ...estimates] = await Promise.all([
    openBills(partnerId),
    loadAccount(partnerId),
    estimatedOf(partnerId, cycle),
    estimatedOf(partnerId, previousMonth(cycle)), // FIN-67: until it is issued
  ]);
  const currencies = [...new Set(Object.keys(account.balances).map((place) => place.split('@')[1] ?? BILL_CURRENCY))];
  const cash = await Promise.all(
    currencies.map(async (currency) => inBillCurrency(cashOf(account, currency), await latestRateOf(currency, cycle))),
  );
  return {
    outstanding: sum(bills.map(({ debt, exchangeRate }) => inBillCurrency(debt.outstanding, exchangeRate))),
    estimated: sum(estimates),
    balance: sum(cash),
  };
}

/** A balance whose rate nobody knows counts nothing. */
const inBillCurrency = (amount: Money, rate: Money | undefined): Money =>
  rate === undefined || rate === ZERO ? ZERO : roundedProduct([amount], 2, { numerator: ONE, denominator: rate });

/** What an unissued cycle comes to so far, as it is shown (FIN-66). */
async function estimatedOf(partnerId: string, cycle: BillingMonth): Promise<Money> {
  const reading = await readBill(partnerId, cycle);
  return 'unissued' in reading && reading.unissued.estimate
    ? roundHalfUp(settlementsOf(reading.unissued.estimate.sums), 2)
    : ZERO;
}
