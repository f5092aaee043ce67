import { getItem, type Item, type Key, queryPage } from '#lib/shared/dynamodb.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { loadMoney, type Money, parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { BILL_CURRENCY } from './bill.ts';

/** Payment-currency units per unit of the bill's currency, for the bills of one cycle (FIN-47, FIN-48). */
export interface ExchangeRate {
  readonly currency: string;
  readonly cycle: BillingMonth;
  readonly rate: Money;
  readonly version: number;
}

const RATE_ONE = parseMoney('1');
const ratesKey = (currency: string): string => `RATES#${currency}`;
const key = (currency: string, cycle: BillingMonth): Key => ({ pk: ratesKey(currency), sk: `CYCLE#${cycle}` });

/** The rate for the bills of a cycle; 1 into the bill's own currency; `undefined` while nobody has set it. */
export async function exchangeRateOf(currency: string, cycle: BillingMonth): Promise<Money | undefined> {
  if (currency === BILL_CURRENCY) return RATE_ONE;
  const item = await getItem('billing', key(currency, cycle));
  return item && toRate(item).rate;
}

/** FIN-48: estimates use the latest known rate. */
export async function latestRateOf(currency: string, cycle: BillingMonth): Promise<Money | undefined> {
  if (currency === BILL_CURRENCY) return RATE_ONE;
  const upTo = ['CYCLE#', `CYCLE#${cycle}`] as const;
  const page = await queryPage({
    table: 'billing',
    pk: ratesKey(currency),
    sk: { between: upTo },
    newestFirst: true,
    limit: 1,
  });
  return page.items[0] && toRate(page.items[0]).rate;
}

/** Rates into a currency, the newest cycle first. */
export async function listExchangeRates(
  currency: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ rates: ExchangeRate[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({ table: 'billing', pk: ratesKey(currency), newestFirst: true, ...page });
  return { rates: answer.items.map(toRate), nextKey: answer.nextKey };
}

/** A new rate, or one that replaces version `seen`. */
export const putExchangeRate = (rate: ExchangeRate, seen: number): Write => ({
  table: 'billing',
  put: { ...key(rate.currency, rate.cycle), ...rate },
  condition: seen === 0 ? 'attribute_not_exists(pk)' : 'version = :seen',
  values: seen === 0 ? undefined : { ':seen': seen },
  onConflict: sharedErrors.VERSION_CONFLICT,
});

const toRate = ({ currency, cycle, rate, version }: Item): ExchangeRate => ({
  currency: String(currency),
  cycle: cycle as BillingMonth,
  rate: loadMoney(rate),
  version: Number(version),
});
