import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { transferErrors } from '../errors.ts';
import type { TopUpAccount } from './top-up-account.ts';
import { latestTopUpAccount, putTopUpAccount } from './top-up-account-store.ts';

export type TopUpAccountWish = Omit<TopUpAccount, 'validFrom' | 'version'>;

/** FIN-79: the new account is shown from now on; the ones before it are kept. @throws Refusal VERSION_CONFLICT */
export async function setTopUpAccount(
  wish: TopUpAccountWish,
  { expectedVersion, reason }: { readonly expectedVersion: number; readonly reason: string },
  now: Instant,
): Promise<TopUpAccount> {
  const before = await latestTopUpAccount(wish.currency);
  const seen = before?.version ?? 0;
  if (seen !== expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const account: TopUpAccount = { ...wish, validFrom: now, version: seen + 1 };
  await transact({ writes: [putTopUpAccount(account)], trace: { before, after: { ...account, reason } } });
  return account;
}

/** @throws Refusal TOP_UP_ACCOUNT_NOT_SET */
export async function requireTopUpAccount(currency: string): Promise<TopUpAccount> {
  const account = await latestTopUpAccount(currency);
  if (!account) throw new Refusal(transferErrors.TOP_UP_ACCOUNT_NOT_SET);
  return account;
}
