import { type Item, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { TopUpAccount } from './top-up-account.ts';

const TABLE = 'repayments';
const key = (currency: string, version: number) => ({
  pk: `TOP-UP-ACCOUNT#${currency}`,
  sk: `VERSION#${String(version).padStart(6, '0')}`,
});

/** The account that is shown now (FIN-79). */
export async function latestTopUpAccount(currency: string): Promise<TopUpAccount | undefined> {
  const page = await listTopUpAccounts(currency, { limit: 1 });
  return page.accounts[0];
}

/** The account that was valid at a time, for papers of that time (FIN-79). */
export async function topUpAccountAt(currency: string, time: Instant): Promise<TopUpAccount | undefined> {
  const { pk } = key(currency, 0);
  for await (const item of queryAll({ table: TABLE, pk, newestFirst: true })) {
    const account = toAccount(item);
    if (account.validFrom <= time) return account;
  }
  return undefined;
}

/** All versions, the newest first. */
export async function listTopUpAccounts(
  currency: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ accounts: TopUpAccount[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({ table: TABLE, pk: key(currency, 0).pk, newestFirst: true, ...page });
  return { accounts: answer.items.map(toAccount), nextKey: answer.nextKey };
}

/** The next version; somebody else's is a VERSION_CONFLICT. */
export const putTopUpAccount = (account: TopUpAccount): Write => ({
  table: TABLE,
  put: { ...key(account.currency, account.version), ...account },
  condition: 'attribute_not_exists(pk)',
  onConflict: sharedErrors.VERSION_CONFLICT,
});

function toAccount(item: Item): TopUpAccount {
  const { pk: _pk, sk: _sk, ...account } = item;
  return account as unknown as TopUpAccount;
}
