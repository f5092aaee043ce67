import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { findAccount } from '#lib/accounts/index.ts';
import { currentAgreement, loadInvitation, sendingOf } from '#lib/customer-development/index.ts';
import { type Customer, loadCustomer } from '#lib/customers/index.ts';
import { dynamodb } from '#lib/shared/dynamodb.ts';
import { linkToken } from '#lib/shared/secret-link.ts';
import { codeOf } from '#lib/shared/verification.ts';
import { handler as enableAndAssociate } from '../../functions/customer-development/enable-and-associate.ts';
import { handler as getGeneralLink } from '../../functions/customer-development/get-general-link.ts';
import { handler as getInvitationState } from '../../functions/customer-development/get-invitation-state.ts';
import { handler as logInAndAssociate } from '../../functions/customer-development/login-and-associate.ts';
import { handler as registerAndAssociate } from '../../functions/customer-development/register-and-associate.ts';
import { handler as requestRegistrationCode } from '../../functions/customer-development/request-registration-code.ts';
import { type Answer, type Caller, clock, drain, invoke, platformAccount } from '../support/index.ts';
import { aLead, inviteLeads, only, unique } from './inviting.ts';

/** A customer that a partner invited by e-mail. */
export interface Invited {
  readonly leadId: string;
  readonly email: string;
  readonly invitationId: string;
  readonly token: string;
}

/** The secret of a sending, derived as the mail derives it. */
export const tokenOf = (invitationId: string, sendCount = 1): string => linkToken(sendingOf(invitationId, sendCount));

export async function anInvited(as: Caller, wish: { email?: string; associationType?: string } = {}): Promise<Invited> {
  const { associationType = 'reseller', ...leadWish } = wish;
  const lead = await aLead(as, leadWish);
  const { invitation } = only(await inviteLeads(as, [lead.leadId], { associationType }));
  return { ...lead, invitationId: invitation.invitationId, token: tokenOf(invitation.invitationId) };
}

export const askForRegistrationCode = (token: string, email: string): Promise<Answer> =>
  invoke(requestRegistrationCode, { path: { token }, body: { email } });

/** A code as it was mailed just now. */
export async function registrationCode(token: string, email: string): Promise<{ challengeId: string; code: string }> {
  const asked = await askForRegistrationCode(token, email);
  expect(asked).toMatchObject({ status: 202 });
  const { challengeId } = asked.body;
  return { challengeId, code: codeOf(challengeId, clock.now()) };
}

/** What a customer that accepts everything sends along. */
const consents = async () => ({
  instructionsVersion: (await currentAgreement('association-instructions')).version,
});

/** One request to register, with a code that was asked for before. */
export const registerWith = async (token: string, email: string, body: object): Promise<Answer> =>
  invoke(registerAndAssociate, {
    path: { token },
    body: { country: 'SG', email, password: 'correct horse battery', ...(await consents()), ...body },
  });

export const register = async (token: string, email: string, body: object = {}): Promise<Answer> =>
  registerWith(token, email, { ...(await registrationCode(token, email)), ...body });

export interface Registered extends Caller {
  readonly customerId: string;
  readonly invitationId: string;
}

/** Registers and gives the sign-in of the new account. */
export async function registered(token: string, email: string, body: object = {}): Promise<Registered> {
  const answer = await register(token, email, body);
  expect(answer).toMatchObject({ status: 201, body: { state: 'registered' } });
  const { customerId, invitationId } = answer.body;
  return { customerId, invitationId, subject: (await findAccount({ email }))?.subject ?? 'no account' };
}

/** An account that existed at the platform before, unknown here. */
export async function anAccount(
  email: string,
  facts: Parameters<typeof platformAccount>[1] = {},
): Promise<Caller & { accountId: string }> {
  const accountId = `acc-${randomUUID().slice(0, 8)}`;
  const subject = `account:${accountId}`;
  await platformAccount(accountId, { email, subject, ...facts });
  return { accountId, subject };
}

export const logIn = async (token: string, as: Caller, body: object = {}): Promise<Answer> =>
  invoke(logInAndAssociate, { as, path: { token }, body: { ...(await consents()), ...body } });

export const enable = (token: string, as: Caller, body: object = {}): Promise<Answer> =>
  invoke(enableAndAssociate, {
    as,
    path: { token },
    body: { customerAgreementAccepted: true, privacyStatementAccepted: true, ...body },
  });

export const stateOf = (token: string, as: Caller): Promise<Answer> =>
  invoke(getInvitationState, { as, path: { token } });

/** Enables services and lets the queue work; answers the state that the customer then sees. */
export async function enabled(token: string, as: Caller): Promise<Answer['body']> {
  expect(await enable(token, as)).toMatchObject({ status: 202, body: { state: 'in-progress' } });
  await drain();
  return (await stateOf(token, as)).body;
}

/** Logs in with an existing account and goes on to the end. */
export async function accepted(token: string, as: Caller): Promise<Answer['body']> {
  expect(await logIn(token, as)).toMatchObject({ status: 201 });
  return enabled(token, as);
}

export async function rowOf(invitationId: string) {
  const row = await loadInvitation(invitationId);
  if (!row) throw new Error(`no invitation ${invitationId}`);
  return row;
}

export async function customerOf(customerId: string): Promise<Customer> {
  const customer = await loadCustomer(customerId);
  if (!customer) throw new Error(`no customer ${customerId}`);
  return customer;
}

/** Does `work` at the last moment before the next transaction of the tables, when everything was read and decided. */
export function beforeNextCommit(work: () => Promise<unknown>): void {
  let waiting = true;
  dynamodb.middlewareStack.add(
    (next, context) => async (args) => {
      if (waiting && context.commandName === 'TransactWriteItemsCommand') {
        waiting = false;
        await work();
      }
      return next(args);
    },
    { step: 'initialize', name: 'before-next-commit', override: true },
  );
}

/** The token of a member's general link, as its URL carries it. */
export async function generalLink(as: Caller): Promise<string> {
  const { body } = await invoke(getGeneralLink, { as, query: { associationType: 'reseller' } });
  return decodeURIComponent(String(body.url).split('/invitations/')[1] ?? '');
}

export const anEmail = (): string => `new-${unique()}@acme.example`;
