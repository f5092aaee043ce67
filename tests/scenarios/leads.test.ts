import { beforeEach, expect, it } from 'vitest';
import { handler as inviteByEmail } from '../../functions/customer-development/invite-by-email.ts';
import { handler as listLeads } from '../../functions/customer-development/list-leads.ts';
import {
  aLead,
  anAccount,
  anEmail,
  aPendingLead,
  at,
  decide,
  preregister,
  remove,
} from '../customer-development/lead-story.ts';
import { anOperator, aPartner, drain, invoke, publishedEvents, type TestPartner, useStack } from '../support/index.ts';

useStack();

let P: TestPartner;
beforeEach(async () => {
  at('2024-07-26T14:15:46');
  P = await aPartner();
});

it('DEV-23, DEV-41, DEV-42, DEV-218: example 1: the hundredth lead of a partner', { timeout: 60_000 }, async () => {
  for (let i = 0; i < 99; i += 1) await aLead(P);

  const answer = await preregister(P, { email: 'new@acme.example' });
  expect(answer.body).toMatchObject({ status: 'pre-registered', expiresAt: '2024-08-10T06:15:46.000Z' });

  const list = await invoke(listLeads, { as: P, query: { email: 'new@acme.example' } });
  expect(list.body.items).toMatchObject([{ daysLeft: 14 }]);
  expect((await preregister(P)).body.code).toBe('PREREGISTRATION_LIMIT');
});

it('DEV-39, DEV-07: example 2: another partner gets the address to the second, with no sweep', async () => {
  const Q = await aPartner();
  const email = 'second@acme.example';
  await aLead(P, { email });

  at('2024-08-10T14:15:45');
  expect((await preregister(Q, { email: 'SECOND@acme.example' })).body.code).toBe('PREREGISTERED_BY_OTHER');

  at('2024-08-10T14:15:46');
  expect((await preregister(Q, { email: 'SECOND@acme.example' })).status).toBe(201);
});

it('DEV-21: example 3: a partner without mobile and e-mail on record', async () => {
  const mute = await aPartner({ contact: { name: 'Ada Admin' } });
  expect((await preregister(mute)).body.code).toBe('PARTNER_CONTACT_MISSING');
});

it('DEV-37: example 4: an account of eight days is offered a review, unless it signed a contract too', async () => {
  const [aged, signed] = [anEmail(), anEmail()];
  await anAccount(aged, { registeredAt: '2024-07-18T14:15:46+08:00' });
  await anAccount(signed, { registeredAt: '2024-07-18T14:15:46+08:00', contracts: ['direct-offline'] });

  expect((await preregister(P, { email: aged })).body).toMatchObject({
    code: 'REGISTERED_OVER_7_DAYS',
    reviewOffer: { operation: 'request-manual-review' },
  });

  const { body } = await preregister(P, { email: signed });
  expect(body.reasons.map(({ code }: { code: string }) => code)).toEqual(['CONTRACT_SIGNED', 'REGISTERED_OVER_7_DAYS']);
  expect(body.reviewOffer).toBeNull();
});

it('DEV-52, DEV-54: example 5: a lead under review is neither deleted nor invited', async () => {
  const { leadId } = await aPendingLead(P);
  expect((await remove(P, leadId)).body.items).toMatchObject([{ code: 'PREREGISTRATION_NOT_DELETABLE' }]);

  const invited = await invoke(inviteByEmail, { as: P, body: { leadIds: [leadId], associationType: 'reseller' } });
  expect(JSON.stringify(invited.body)).toContain('PREREGISTRATION_NOT_ACTIVE');
});

it('DEV-47, DEV-48, DEV-49: example 6: due after two working days, valid from the approval, without a mail', async () => {
  at('2024-08-01T10:00:00');
  const { leadId } = await aPendingLead(P);

  at('2024-08-05T09:00:00');
  const { body } = await decide(await anOperator(), leadId);
  expect(body.review.dueAt).toBe('2024-08-05T02:00:00.000Z');
  expect(body.expiresAt).toBe('2024-08-20T01:00:00.000Z');
  await drain();
  const sent = await publishedEvents('invitation.sent');
  expect(sent.filter(({ detail }) => detail.leadId === leadId)).toEqual([]);
});
