import { getItem, type Item, type Key, queryAll } from '#lib/shared/dynamodb.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { SEED_LIMITS, type TransactionLimit } from './limits.ts';

const PARTITION = 'TRANSACTION-LIMITS';
const key = (currency: string): Key => ({ pk: PARTITION, sk: `CURRENCY#${currency}` });
const seedOf = (currency: string): TransactionLimit | undefined =>
  SEED_LIMITS.find((limit) => limit.currency === currency);

/** FIN-74: without limits a currency cannot be paid online. */
export async function loadLimit(currency: string): Promise<TransactionLimit | undefined> {
  const item = await getItem('repayments', key(currency));
  return item ? toLimit(item) : seedOf(currency);
}

/** All limits in force; currencies are few. */
export async function listLimits(): Promise<TransactionLimit[]> {
  const limits = new Map(SEED_LIMITS.map((limit) => [limit.currency, limit]));
  for await (const item of queryAll({ table: 'repayments', pk: PARTITION })) {
    const limit = toLimit(item);
    limits.set(limit.currency, limit);
  }
  return [...limits.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** New limits, or ones that replace version `seen`. */
export const putLimit = (limit: TransactionLimit, seen: number): Write => ({
  table: 'repayments',
  put: { ...key(limit.currency), ...limit },
  condition: seen === 0 ? 'attribute_not_exists(pk)' : 'version = :seen',
  values: seen === 0 ? undefined : { ':seen': seen },
  onConflict: sharedErrors.VERSION_CONFLICT,
});

const toLimit = ({ currency, lower, upper, version }: Item): TransactionLimit => ({
  currency: String(currency),
  lower: loadMoney(lower),
  upper: loadMoney(upper),
  version: Number(version),
});
