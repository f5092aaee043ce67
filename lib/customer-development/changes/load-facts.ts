import { type AccountFacts, accountErrors, findAccount } from '#lib/accounts/index.ts';
import { type Customer, managingPartner } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { requireStanding } from '#lib/shared/standing.ts';
import type { BlockingFacts, Check } from './blocking-checks.ts';
import type { EntryCheck } from './entry-conditions.ts';
import { changeErrors } from './errors.ts';
import type { Pair } from './pair-store.ts';

/** What the blocking checks look at, asked for afresh each time (ORD-26). @throws Refusal ACCOUNT_NOT_FOUND, PLATFORM_UNAVAILABLE */
export async function loadBlockingFacts(
  { accountId, association, control }: Customer,
  { lastRequests }: Pick<Pair, 'lastRequests'>,
): Promise<BlockingFacts> {
  if (!association) throw new TypeError('only an association can be asked about');
  const [account, { type: partnerType }] = await Promise.all([
    requireAccount(accountId),
    requireStanding(managingPartner(association)),
  ]);
  return { account, freezeCause: control.freezeCause, lastRequests, partnerType };
}

/** @throws Refusal ACCOUNT_NOT_FOUND, PLATFORM_UNAVAILABLE */
export async function requireAccount(accountId: string): Promise<AccountFacts> {
  const account = await findAccount({ accountId });
  if (!account) throw new Refusal(accountErrors.ACCOUNT_NOT_FOUND);
  return account;
}

/** ORD-13: all that stands in the way, at once. @throws Refusal CHECK_FAILED */
export function requirePassed(checks: readonly (Check | EntryCheck)[]): void {
  const items = checks.filter(({ passed }) => !passed);
  if (items.length > 0) throw new Refusal(changeErrors.CHECK_FAILED, { items });
}
