import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { loadStanding, type PartnerStanding, putStanding } from '#lib/shared/standing.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as invite } from '../../functions/customer-development/invite-by-email.ts';
import { handler as preregister } from '../../functions/customer-development/preregister-customer.ts';
import { handler as resend } from '../../functions/customer-development/resend-invitations.ts';
import { type Answer, asSystem, type Caller, drain, invoke, sentMails } from '../support/index.ts';

export interface TestLead {
  readonly leadId: string;
  readonly email: string;
}

export const unique = (): string => randomUUID().slice(0, 8);

/** A lead that was pre-registered just now and not invited yet. */
export async function aLead(as: Caller, wish: { email?: string; customerName?: string } = {}): Promise<TestLead> {
  const { email = `lead-${unique()}@acme.example`, customerName = 'Acme Trading' } = wish;
  const answer = await invoke(preregister, { as, body: { customerName, email, sendInvitation: false } });
  expect(answer).toMatchObject({ status: 201 });
  return { leadId: answer.body.leadId, email };
}

export const inviteLeads = (as: Caller, leadIds: readonly string[], body: object = {}): Promise<Answer> =>
  invoke(invite, { as, body: { leadIds, ...body } });

export const sendAgain = (as: Caller, ...invitationIds: readonly string[]): Promise<Answer> =>
  invoke(resend, { as, body: { invitationIds } });

/** The one result of a request that named one item. */
// biome-ignore lint/suspicious/noExplicitAny: tests read arbitrary members of answers
export const only = ({ body }: Answer): any => {
  expect(body.results).toHaveLength(1);
  return body.results[0];
};

/** Invites a lead and lets its mail arrive. */
export async function invited(
  as: Caller,
  { leadId, email }: TestLead,
): Promise<{ invitationId: string; token: string }> {
  const result = only(await inviteLeads(as, [leadId]));
  expect(result).toMatchObject({ status: 'done' });
  await drain();
  return { invitationId: result.invitation.invitationId, token: (await tokensMailedTo(email)).at(-1) ?? '' };
}

/** The secrets of all links that were mailed to an address, oldest first. */
export async function tokensMailedTo(email: string): Promise<string[]> {
  const mails = (await sentMails()).filter(({ to }) => to.includes(email));
  return mails.map(({ text = '' }) => /https:\/\/portal\.test\/invitations\/(\S+)/.exec(text)?.[1] ?? 'no link');
}

/** What an operator did to a partner before the test began. */
export async function giveStanding(partnerId: string, change: Partial<PartnerStanding>): Promise<void> {
  const before = await loadStanding(partnerId);
  if (!before) throw new Error(`no partner ${partnerId}`);
  await asSystem(() => transact({ writes: [putStanding({ ...before, ...change }, before.version)] }));
}
