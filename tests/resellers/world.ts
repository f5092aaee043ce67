import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { type AccountFacts, findAccount } from '#lib/accounts/index.ts';
import { loadStanding, type PartnerStanding, putStanding } from '#lib/shared/standing.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as accept } from '../../functions/resellers/accept-reseller-invitation.ts';
import { handler as getState } from '../../functions/resellers/get-reseller-invitation-state.ts';
import { handler as giveUp } from '../../functions/resellers/give-up-reseller-association.ts';
import { handler as invite } from '../../functions/resellers/invite-reseller.ts';
import { handler as listInvitations } from '../../functions/resellers/list-reseller-invitations.ts';
import { handler as resend } from '../../functions/resellers/resend-reseller-invitations.ts';
import {
  type Answer,
  aPartner,
  asSystem,
  type Caller,
  drain,
  invoke,
  platformAccount,
  publishedEvents,
  sentMails,
  type TestPartner,
} from '../support/index.ts';

/** Steps that stories about resellers are told in. */
export const aDistributor = (wish: Parameters<typeof aPartner>[0] = {}): Promise<TestPartner> =>
  aPartner({ type: 'distributor', ...wish });

export const anAddress = (): string => `new-${randomUUID().slice(0, 8)}@example.com`;

export interface TestAccount extends Caller {
  readonly accountId: string;
  readonly email: string;
}

/** A fresh account in the distributors' country, with nothing that stands in the way. */
export async function anAccount(facts: Partial<Omit<AccountFacts, 'accountId'>> = {}): Promise<TestAccount> {
  const accountId = `acc-${randomUUID()}`;
  const account = { email: anAddress(), subject: `account:${accountId}`, country: 'SG', ...facts };
  await platformAccount(accountId, account);
  return { accountId, email: account.email, subject: account.subject };
}

export const factsOf = async ({ accountId }: TestAccount): Promise<AccountFacts | undefined> =>
  findAccount({ accountId });

export const inviteAt = (as: Caller, email: string, headers: Record<string, string> = {}): Promise<Answer> =>
  invoke(invite, { as, body: { email }, headers });

export const resendAll = (as: Caller, ...invitationIds: string[]): Promise<Answer> =>
  invoke(resend, { as, body: { invitationIds } });

/** The token of the newest mail to an address; nobody but the mail knows it. */
export async function tokenMailedTo(email: string): Promise<string> {
  await drain();
  const mail = (await sentMails()).filter(({ to }) => to.includes(email.toLowerCase())).at(-1);
  const token = /reseller-invitations\/([\w-]+)/.exec(mail?.text ?? '')?.[1];
  if (!token) throw new Error(`no invitation was mailed to ${email}`);
  return token;
}

export interface Invited {
  readonly invitationId: string;
  readonly token: string;
}

export async function invited(distributor: Caller, email: string): Promise<Invited> {
  const answer = await inviteAt(distributor, email);
  expect(answer).toMatchObject({ status: 201 });
  return { invitationId: answer.body.invitationId, token: await tokenMailedTo(email) };
}

let companies = 0;
export const aCompany = (wish: object = {}) => {
  companies += 1;
  return {
    companyName: `Reseller Company ${companies} ${randomUUID().slice(0, 8)}`,
    countryRegion: 'SG',
    contact: { name: 'Rita Reseller', email: `rita-${randomUUID().slice(0, 8)}@example.com` },
    ...wish,
  };
};

export const acceptWith = (as: Caller, token: string, company: object = aCompany()): Promise<Answer> =>
  invoke(accept, { as, body: { token, ...company } });

export const stateOf = (as: Caller, invitationId: string): Promise<Answer> =>
  invoke(getState, { as, path: { invitationId } });

/** Invited, accepted and worked off; the account is a reseller of the distributor. */
export async function aReseller(distributor: Caller, account?: TestAccount) {
  const applicant = account ?? (await anAccount());
  const { invitationId, token } = await invited(distributor, applicant.email);
  expect(await acceptWith(applicant, token)).toMatchObject({ status: 202 });
  await drain();
  const { body } = await stateOf(applicant, invitationId);
  expect(body).toMatchObject({ status: 'associated' });
  return { ...applicant, invitationId, token, resellerId: String(body.resellerId) };
}

export const listOf = (as: Caller, query: Record<string, string | number> = {}): Promise<Answer> =>
  invoke(listInvitations, { as, query });

export async function rowOf(as: Caller, invitationId: string): Promise<Answer['body']> {
  const { body } = await listOf(as, { limit: 100 });
  return body.items.find((item: { invitationId: string }) => item.invitationId === invitationId);
}

export const eventsAbout = async (invitationId: string, ...names: string[]) =>
  (await publishedEvents(...names)).filter(({ detail }) => detail.invitationId === invitationId);

export async function giveStanding(partnerId: string, change: Partial<PartnerStanding>): Promise<void> {
  const standing = await loadStanding(partnerId);
  if (!standing) throw new Error('no such partner');
  await asSystem(() => transact({ writes: [putStanding({ ...standing, ...change }, standing.version)] }));
}

export const isBlocked = async (account: TestAccount): Promise<boolean | undefined> =>
  (await factsOf(account))?.purchaseBlocked;

/** What the platform's own people do to an account. */
export const change = ({ accountId }: TestAccount, facts: Parameters<typeof platformAccount>[1]) =>
  platformAccount(accountId, facts);

export const abandon = (as: Caller, invitationId: string): Promise<Answer> =>
  invoke(giveUp, { as, path: { invitationId } });

/** Accepted, and checked by now. */
export async function applied(as: TestAccount, token: string, company?: object): Promise<Answer> {
  const answer = await acceptWith(as, token, company);
  await drain();
  return answer;
}

/** An application that its account's arrears stand in the way of. */
export async function aRestricted(of: Caller) {
  const account = await anAccount({ overdue: true });
  const { invitationId, token } = await invited(of, account.email);
  expect(await applied(account, token)).toMatchObject({ status: 202 });
  return { account, invitationId, token };
}
