import { getItem, getItems, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';

const accountPk = (accountId: string): string => `ACCOUNT#${accountId}`;
const applicationKey = (accountId: string, invitationId: string) => ({
  pk: accountPk(accountId),
  sk: `APPLICATION#${invitationId}`,
});
const resellerKey = (accountId: string) => ({ pk: accountPk(accountId), sk: 'RESELLER' });
const companyKey = (company: string) => ({ pk: `COMPANY#${company}`, sk: 'RESELLER' });

/** The account has an application running: it buys nothing (ONB-31). */
export const putApplicant = (accountId: string, invitationId: string): Write => ({
  table: 'resellers',
  put: { ...applicationKey(accountId, invitationId), accountId, invitationId },
});

export const removeApplicant = (accountId: string, invitationId: string): Write => ({
  table: 'resellers',
  remove: applicationKey(accountId, invitationId),
});

export interface AssociatedReseller {
  readonly accountId: string;
  readonly partnerId: string;
  readonly distributorId: string;
}

/** DEV-123, ONB-139: an account and its company are a reseller once, of one distributor (ConditionFailed for the second). */
export const claimReseller = (reseller: AssociatedReseller, companies: readonly string[]): Write[] =>
  [resellerKey(reseller.accountId), ...companies.map(companyKey)].map((key) => ({
    table: 'resellers',
    put: { ...key, ...reseller },
    condition: 'attribute_not_exists(pk)',
  }));

/** Which reseller an account became. */
export async function loadResellerOf(accountId: string): Promise<AssociatedReseller | undefined> {
  const item = await getItem('resellers', resellerKey(accountId));
  return item && toReseller(item);
}

/** Has the account, or a company of one of these names, become a reseller? */
export async function isTaken(accountId: string, companies: readonly string[]): Promise<boolean> {
  const items = await getItems('resellers', [resellerKey(accountId), ...companies.map(companyKey)]);
  return items.length > 0;
}

/** Is the account a reseller, or on its way to become one? */
export async function isApplicantOrReseller(accountId: string): Promise<boolean> {
  const page = await queryPage({ table: 'resellers', pk: accountPk(accountId), limit: 1 });
  return page.items.length > 0;
}

const toReseller = ({ accountId, partnerId, distributorId }: Item): AssociatedReseller => ({
  accountId: String(accountId),
  partnerId: String(partnerId),
  distributorId: String(distributorId),
});
