import { randomUUID } from 'node:crypto';
import { getItem, queryAll } from '#lib/shared/dynamodb.ts';
import { handler as deletePreregistrations } from '../../functions/customer-development/delete-preregistrations.ts';
import { handler as expireLeads } from '../../functions/customer-development/expire-leads.ts';
import { handler as getLead } from '../../functions/customer-development/get-lead.ts';
import { handler as preregisterCustomer } from '../../functions/customer-development/preregister-customer.ts';
import { handler as requestManualReview } from '../../functions/customer-development/request-manual-review.ts';
import { handler as reviewPreregistration } from '../../functions/customer-development/review-preregistration.ts';
import { type Answer, type Caller, clock, invoke, platformAccount, runSchedule } from '../support/index.ts';

/** Steps that stories about leads are told in. */
export const anEmail = (): string => `lead-${randomUUID().slice(0, 12)}@acme.example`;

/** As on a wall clock of GMT+08:00. */
export const at = (time: string) => clock.set(`${time}+08:00`);

const aCandidate = (more: object) => ({ customerName: 'Wilhelmina 1', email: anEmail(), ...more });

export const aWish = (more: object = {}) => aCandidate({ sendInvitation: false, ...more });

export const preregister = (as: Caller, more: object = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  invoke(preregisterCustomer, { as, body: aWish(more), headers });

/** A lead that must come about. */
export async function aLead(as: Caller, more: object = {}): Promise<{ leadId: string; email: string }> {
  const email = anEmail();
  const { status, body } = await preregister(as, { email, ...more });
  if (status !== 201) throw new Error(`not pre-registered: ${body.code}`);
  return { leadId: body.leadId, email };
}

export const askForReview = (as: Caller, more: object = {}): Promise<Answer> =>
  invoke(requestManualReview, { as, body: { ...aCandidate(more), justification: 'We have known them for years.' } });

/** An address against which one reviewable reason stands: online sales has it. */
export async function aReviewable(more: object = {}): Promise<string> {
  const email = anEmail();
  await anAccount(email, { onlineSalesOwned: true, ...more });
  return email;
}

/** A fresh, unremarkable account in the partner's own country, but for what is given. */
export async function anAccount(email: string, more: object = {}): Promise<string> {
  const accountId = `acc-${randomUUID()}`;
  await platformAccount(accountId, { email, country: 'SG', registeredAt: clock.now(), ...more });
  return accountId;
}

export async function aPendingLead(as: Caller, more: object = {}): Promise<{ leadId: string; email: string }> {
  const email = await aReviewable();
  const { status, body } = await askForReview(as, { email, ...more });
  if (status !== 201) throw new Error(`no review: ${body.code}`);
  return { leadId: body.leadId, email };
}

export const decide = (as: Caller, leadId: string, body: object = { decision: 'approve' }): Promise<Answer> =>
  invoke(reviewPreregistration, { as, path: { leadId }, body });

export const remove = (as: Caller, ...leadIds: string[]): Promise<Answer> =>
  invoke(deletePreregistrations, { as, body: { leadIds } });

export const read = (as: Caller, leadId: string): Promise<Answer> => invoke(getLead, { as, path: { leadId } });

export const sweep = (at: string = clock.now()): Promise<void> => runSchedule(expireLeads, at);

/** What the table holds of a lead, whatever the time. */
export const storedStatus = async (leadId: string): Promise<unknown> =>
  (await getItem('customer-development', { pk: `LEAD#${leadId}`, sk: 'LEAD' }))?.status;

/** Whose claim lies on an address. */
export const claimOn = (email: string) => getItem('customer-development', { pk: `EMAIL#${email}`, sk: 'CLAIM' });

export async function placesOf(partnerId: string): Promise<string[]> {
  const item = await getItem('customer-development', { pk: `PARTNER#${partnerId}`, sk: 'LEADS' });
  return item?.places instanceof Set ? [...item.places].map(String).sort() : [];
}

/** Leads of a partner as stored. */
export async function leadsOf(partnerId: string): Promise<Record<string, unknown>[]> {
  const leads: Record<string, unknown>[] = [];
  for await (const item of queryAll({
    table: 'customer-development',
    index: 'byPartner',
    keys: { pk: 'partnerKey', sk: 'partnerSort' },
    pk: `LEADS#${partnerId}`,
  })) {
    leads.push(item);
  }
  return leads;
}
