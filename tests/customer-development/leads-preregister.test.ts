import { beforeEach, describe, expect, it } from 'vitest';
import { preRegistrationCreated, preRegistrationRefused } from '#events/leads.ts';
import { handler as enableDevelopment } from '../../functions/partners/enable-customer-development.ts';
import { handler as enableReferral } from '../../functions/partners/enable-referral-model.ts';
import { handler as setPrepaid } from '../../functions/partners/set-prepaid-partner.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  platformAccount,
  platformOutage,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { aLead, anAccount, anEmail, aWish, claimOn, leadsOf, placesOf, preregister, remove } from './lead-story.ts';

useStack();

let partner: TestPartner;
let operator: Caller;
beforeEach(async () => {
  [partner, operator] = [await aPartner(), await anOperator()];
});

const nothingHeld = async (email: string, of = partner) => {
  expect(await claimOn(email)).toBeUndefined();
  expect(await placesOf(of.partnerId)).toEqual([]);
  expect(await leadsOf(of.partnerId)).toEqual([]);
};

describe('a successful pre-registration', () => {
  it('DEV-41, DEV-42: runs 15 days to the second and reads 14 days left from its first instant', async () => {
    clock.set('2024-07-26T14:15:46+08:00');
    const answer = await preregister(partner);
    expect(answer).toMatchObject({
      status: 201,
      body: { status: 'pre-registered', expiresAt: '2024-08-10T06:15:46.000Z', daysLeft: 14, invitation: null },
    });
    await drain();
    const [created] = await publishedEvents('pre-registration.created');
    expect(preRegistrationCreated.detail.parse(created?.detail)).toMatchObject({
      leadId: answer.body.leadId,
      partnerId: partner.partnerId,
      expiresAt: '2024-08-10T06:15:46.000Z',
    });
  });

  it('DEV-44: invites in the same request unless told otherwise', async () => {
    const wish = aWish();
    const answer = await preregister(partner, { ...wish, sendInvitation: undefined });
    expect(answer.body.invitation).toMatchObject({ invitationId: expect.stringMatching(/^inv_/) });
    await drain();
    const sent = await publishedEvents('invitation.sent');
    expect(sent.filter(({ detail }) => detail.leadId === answer.body.leadId)).toHaveLength(1);
  });

  it('DEV-189, DEV-190: answers with masked fields, and the trace holds none in clear', async () => {
    const email = anEmail();
    const { body } = await preregister(partner, { email, mobileNumber: '+85219312340003' });
    expect(body).toMatchObject({ customerName: 'W****1', email: 'lead****@acme.example', mobileNumber: '+85****0003' });
    const traces = JSON.stringify(await tracesOf(partner.partnerId, 'preregister-customer'));
    expect(traces).toContain(body.leadId);
    for (const clear of [email, 'Wilhelmina', '+85219312340003']) expect(traces).not.toContain(clear);
  });

  it('DEV-71: the lead of an account manager is its own, that of an Admin belongs to nobody', async () => {
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    expect((await preregister(manager)).body.accountManagerId).toBe(manager.memberId);
    expect((await preregister(partner)).body.accountManagerId).toBeNull();
  });

  it('DEV-44: a repeated Idempotency-Key gets the first answer and makes no second lead', async () => {
    const email = anEmail();
    const headers = { 'Idempotency-Key': `key-${email}` };
    const first = await preregister(partner, { email }, headers);
    const second = await preregister(partner, { email }, headers);
    expect(second).toMatchObject({ status: 201, body: { leadId: first.body.leadId } });
    expect(await leadsOf(partner.partnerId)).toHaveLength(1);
  });

  it('DEV-43: after a deletion the same partner pre-registers again at once', async () => {
    const { leadId, email } = await aLead(partner);
    await remove(partner, leadId);
    expect((await preregister(partner, { email })).status).toBe(201);
  });
});

describe('what is entered', () => {
  it('DEV-218: bad fields are all named at once and nothing is held', async () => {
    const email = 'no address';
    const answer = await preregister(partner, {
      customerName: ' ',
      email,
      mobileNumber: '12',
      remarks: 'x'.repeat(101),
    });
    expect(answer).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers.sort()).toEqual(['/customerName', '/email', '/mobileNumber', '/remarks']);
    await nothingHeld(email);
  });

  it.each([
    ['upper case and blanks', '  NEW.Lead@Acme.Example ', 'new.lead@acme.example'],
    ['letters of another script', '\u00c4RGER@B\u00dcCHER.example', '\u00e4rger@b\u00fccher.example'],
    ['a decomposed letter', 'jose\u0301@acme.example', 'jos\u00e9@acme.example'],
  ])('DEV-25: %s is the same address', async (_case, typed, same) => {
    const other = await aPartner();
    const unique = anEmail().split('@')[0];
    const [first, second] = [typed.replace('@', `.${unique}@`), same.replace('@', `.${unique}@`)];
    expect((await preregister(partner, { email: first })).status).toBe(201);
    expect((await preregister(other, { email: second })).body.code).toBe('PREREGISTERED_BY_OTHER');
    expect((await preregister(partner, { email: second })).body.code).toBe('DUPLICATE_PREREGISTRATION');
  });

  it('DEV-25: a +tag is another mailbox, a shared mobile number no conflict', async () => {
    const email = anEmail();
    const mobileNumber = '+6591234567';
    await aLead(await aPartner(), { email, mobileNumber });
    expect((await preregister(partner, { email: email.replace('@', '+two@'), mobileNumber })).status).toBe(201);
  });
});

describe('what the partner is refused for', () => {
  it('DEV-22, DEV-218: a distributor without the right, before its input is looked at; an operator gives it', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    expect(await preregister(distributor, { email: 'bad' })).toMatchObject({
      status: 403,
      body: { code: 'CUSTOMER_DEVELOPMENT_DISABLED' },
    });
    const path = { partnerId: distributor.partnerId };
    await invoke(enableDevelopment, { as: operator, path, body: { enabled: true } });
    expect((await preregister(distributor)).status).toBe(201);
    await invoke(enableDevelopment, { as: operator, path, body: { enabled: false } });
    expect((await preregister(distributor)).body.code).toBe('CUSTOMER_DEVELOPMENT_DISABLED');
  });

  it('DEV-22: solution-providers and resellers have the right from the start', async () => {
    const reseller = await aPartner({ of: await aPartner({ type: 'distributor' }) });
    expect((await preregister(reseller)).status).toBe(201);
    expect((await preregister(partner)).status).toBe(201);
  });

  it('DEV-21: neither mobile nor e-mail on record; one of the two is enough', async () => {
    const contact = { name: 'Ada Admin' };
    const [none, mail, mobile] = [
      await aPartner({ contact }),
      await aPartner({ contact: { ...contact, email: 'ada@example.com' } }),
      await aPartner({ contact: { ...contact, mobileNumber: '+6591234567' } }),
    ];
    const email = anEmail();
    expect((await preregister(none, { email })).body.code).toBe('PARTNER_CONTACT_MISSING');
    await nothingHeld(email, none);
    expect((await preregister(mail)).status).toBe(201);
    expect((await preregister(mobile)).status).toBe(201);
  });

  it('DEV-09: referral is closed until an operator opens it', async () => {
    expect((await preregister(partner, { associationType: 'referral' })).body.code).toBe(
      'ASSOCIATION_TYPE_NOT_ALLOWED',
    );
    const path = { partnerId: partner.partnerId };
    await invoke(enableReferral, { as: operator, path, body: { enabled: true } });
    expect((await preregister(partner, { associationType: 'referral' })).body.associationType).toBe('referral');
  });

  it('DEV-10: a reseller has no referral, whatever was opened', async () => {
    const reseller = await aPartner({ of: await aPartner({ type: 'distributor' }) });
    await invoke(enableReferral, { as: operator, path: { partnerId: reseller.partnerId }, body: { enabled: true } });
    expect((await preregister(reseller, { associationType: 'referral' })).body.code).toBe(
      'ASSOCIATION_TYPE_NOT_ALLOWED',
    );
  });

  it('DEV-58: a prepaid partner takes no customer in the reseller model, but in the referral model', async () => {
    const path = { partnerId: partner.partnerId };
    await invoke(setPrepaid, { as: operator, path, body: { prepaid: true } });
    await invoke(enableReferral, { as: operator, path, body: { enabled: true } });
    expect((await preregister(partner)).body.code).toBe('PREPAID_PARTNER');
    expect((await preregister(partner, { associationType: 'referral' })).status).toBe(201);
  });

  it('DEV-05: a member without the permission, an operator and nobody', async () => {
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect((await preregister(finance)).body.code).toBe('PERMISSION_DENIED');
    expect((await preregister(operator)).body.code).toBe('PERMISSION_DENIED');
  });
});

describe('what the customer is refused for', () => {
  it.each([
    ['DEV-27', 'MAINLAND_ACCOUNT', { site: 'chinese-mainland' }],
    ['DEV-30', 'CONTRACT_SIGNED', { contracts: ['other'] }],
    ['DEV-31', 'CASH_EXPENDITURE', { hasCashExpenditure: true }],
    ['DEV-32', 'UNIFIED_ACCOUNTING', { enterpriseRole: 'member', unifiedAccounting: true }],
  ])('%s: %s is hard, no review is offered', async (_rule, code, facts) => {
    const email = anEmail();
    await anAccount(email, facts);
    const answer = await preregister(partner, { email });
    expect(answer).toMatchObject({
      status: 409,
      body: { code, reasons: [{ code, class: 'hard' }], reviewOffer: null },
    });
    await nothingHeld(email);
  });

  it.each([
    ['DEV-34', 'CASH_EXPENDITURE_FOLLOWED_UP', { hasCashExpenditure: true, directSalesFollowUp: true }],
    ['DEV-35', 'COUNTRY_MISMATCH', { country: 'DE' }],
    ['DEV-36', 'ONLINE_SALES_OWNED', { onlineSalesOwned: true }],
  ])('%s: %s is reviewable, the entered data comes back with the offer', async (_rule, code, facts) => {
    const email = anEmail();
    await anAccount(email, facts);
    const answer = await preregister(partner, { email, remarks: 'trade fair' });
    expect(answer).toMatchObject({
      status: 409,
      body: {
        code,
        reasons: [{ code, class: 'reviewable' }],
        reviewOffer: {
          operation: 'request-manual-review',
          lead: { customerName: 'Wilhelmina 1', email, associationType: 'reseller', remarks: 'trade fair' },
        },
      },
    });
    await nothingHeld(email);
  });

  it('DEV-33: an account of exactly seven days passes, a second more is reviewable', async () => {
    const [young, old] = [anEmail(), anEmail()];
    clock.set('2024-09-10T10:00:00+08:00');
    await anAccount(young, { registeredAt: '2024-09-03T02:00:00Z' });
    await anAccount(old, { registeredAt: '2024-09-03T01:59:59Z' });
    expect((await preregister(partner, { email: young })).status).toBe(201);
    expect((await preregister(partner, { email: old })).body.code).toBe('REGISTERED_OVER_7_DAYS');
  });

  it('DEV-37: three reasons at once, each with its class, the hard one leading', async () => {
    const email = anEmail();
    await anAccount(email, { contracts: ['other'], country: 'DE', onlineSalesOwned: true });
    const { body } = await preregister(partner, { email });
    expect(body).toMatchObject({
      code: 'CONTRACT_SIGNED',
      reasons: [
        { code: 'CONTRACT_SIGNED', class: 'hard' },
        { code: 'COUNTRY_MISMATCH', class: 'reviewable' },
        { code: 'ONLINE_SALES_OWNED', class: 'reviewable' },
      ],
      reviewOffer: null,
    });
    await drain();
    const refused = (await publishedEvents('pre-registration.refused')).at(-1);
    expect(preRegistrationRefused.detail.parse(refused?.detail)).toMatchObject({
      partnerId: partner.partnerId,
      hard: ['CONTRACT_SIGNED'],
      reviewable: ['COUNTRY_MISMATCH', 'ONLINE_SALES_OWNED'],
    });
    expect(JSON.stringify(refused)).not.toContain(email);
  });

  it('DEV-28, DEV-40: associated with any partner, the asking one included, without saying which', async () => {
    const other = await aPartner();
    for (const holder of [partner, other]) {
      const email = anEmail();
      const { accountId } = await aCustomer({ of: holder });
      await platformAccount(accountId, { email, country: 'SG', registeredAt: clock.now() });
      const answer = await preregister(partner, { email });
      expect(answer.body.code).toBe('ALREADY_ASSOCIATED');
      expect(JSON.stringify(answer.body)).not.toContain(holder.partnerId);
    }
  });

  it('DEV-28: a registered customer without an association stands in the way of nobody', async () => {
    const email = anEmail();
    const { accountId } = await aCustomer();
    await platformAccount(accountId, { email, country: 'SG', registeredAt: clock.now() });
    expect((await preregister(partner, { email })).status).toBe(201);
  });

  it('DEV-29, DEV-40: reserved by another partner, together with what else stands against it, without saying which', async () => {
    const [other, email] = [await aPartner(), anEmail()];
    await aLead(other, { email });
    await anAccount(email, { country: 'DE' });
    const { body } = await preregister(partner, { email });
    expect(body.reasons.map(({ code }: { code: string }) => code)).toEqual([
      'PREREGISTERED_BY_OTHER',
      'COUNTRY_MISMATCH',
    ]);
    expect(JSON.stringify(body)).not.toContain(other.partnerId);
  });

  it('DEV-39: a distributor and its reseller compete like any two', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    await invoke(enableDevelopment, {
      as: operator,
      path: { partnerId: distributor.partnerId },
      body: { enabled: true },
    });
    const reseller = await aPartner({ of: distributor });
    const { email } = await aLead(reseller);
    expect((await preregister(distributor, { email })).body.code).toBe('PREREGISTERED_BY_OTHER');
  });

  it('DEV-218: an own lead is told before what else stands against the customer', async () => {
    const { email } = await aLead(partner);
    await anAccount(email, { contracts: ['other'] });
    expect((await preregister(partner, { email })).body.code).toBe('DUPLICATE_PREREGISTRATION');
  });

  it('DEV-26: with the platform down nothing is reserved and the caller may repeat', async () => {
    const email = anEmail();
    await platformOutage(true);
    const answer = await preregister(partner, { email });
    await platformOutage(false);
    expect(answer).toMatchObject({ status: 503, body: { code: 'PLATFORM_UNAVAILABLE' } });
    await nothingHeld(email);
    expect((await preregister(partner, { email })).status).toBe(201);
  });
});
