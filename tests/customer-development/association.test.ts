import { beforeEach, describe, expect, it } from 'vitest';
import { associateInvited, liveReservation, loadLead } from '#lib/customer-development/index.ts';
import { listAssociations, listFreezeRecords } from '#lib/customers/index.ts';
import { handler as deleteLeads } from '../../functions/customer-development/delete-preregistrations.ts';
import { handler as listRecords } from '../../functions/customer-development/list-association-records.ts';
import { handler as openInvitation } from '../../functions/customer-development/open-invitation.ts';
import { handler as getCustomer } from '../../functions/customers/get-customer.ts';
import { handler as queryCustomers } from '../../functions/customers/query-customers.ts';
import { handler as modifyMember } from '../../functions/organization/modify-member.ts';
import {
  aMember,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  deadLetters,
  drain,
  invoke,
  platformAccount,
  platformOutage,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  accepted,
  anAccount,
  anEmail,
  anInvited,
  beforeNextCommit,
  customerOf,
  enable,
  enabled,
  generalLink,
  type Invited,
  logIn,
  registered,
  rowOf,
  stateOf,
  tokenOf,
} from './association-story.ts';
import { aLead, giveStanding, inviteLeads, only, sendAgain } from './inviting.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  partner = await aPartner();
});

const code = ({ status, body }: { status: number; body: { code: string } }) => [status, body.code];

const eventsOf = async (name: string, customerId: string) =>
  (await publishedEvents(name)).filter(({ detail }) => detail.customerId === customerId);

/** An account of yesterday that logged in and waits to enable services. */
async function loggedIn(invited: Invited) {
  const account = await anAccount(invited.email);
  const { body } = await logIn(invited.token, account);
  return { ...account, customerId: String(body.customerId) };
}

describe('the association of an invited customer', () => {
  it('DEV-98, DEV-105, CUS-021: comes with everything that belongs to it, in one step', async () => {
    const { token, email, invitationId, leadId } = await anInvited(partner);
    const customer = await registered(token, email, { letterOfAuthorization: true });
    clock.advance({ hours: 1 });
    expect(await enabled(token, customer)).toMatchObject({ state: 'associated', failure: null });

    const { association, control } = await customerOf(customer.customerId);
    expect(association).toMatchObject({
      partnerId: partner.partnerId,
      type: 'reseller',
      origin: 'email',
      invitationId,
      instructionsVersion: 'V1001',
      instructionsSignedAt: '2024-08-01T01:00:00.000Z',
      since: '2024-08-01T02:00:00.000Z',
    });
    expect(control).toMatchObject({ freezeLevel: 'account', freezeCause: 'association-default' });
    expect(await listAssociations(customer.customerId)).toEqual([association]);
    expect(await rowOf(invitationId)).toMatchObject({ status: 'associated', associatedAt: clock.now() });
    expect(await loadLead(leadId)).toMatchObject({ status: 'associated', customerId: customer.customerId });
    expect(await liveReservation(email, clock.now())).toBeUndefined();
    const { records } = await listFreezeRecords(customer.customerId, { limit: 10 });
    expect(records).toMatchObject([{ action: 'freeze-account', cause: 'association-default' }]);
    expect(await eventsOf('customer.associated', customer.customerId)).toMatchObject([
      { detail: { partnerId: partner.partnerId, origin: 'email', frozen: true, since: clock.now() } },
    ]);
    expect(await tracesOf(partner.partnerId, 'associate-invited-customer')).toMatchObject([{ outcome: 'done' }]);
    const { body } = await invoke(listRecords, { as: partner });
    expect(body.items).toMatchObject([
      { customerId: customer.customerId, purpose: 'association', status: 'completed', initiatedBy: 'customer' },
    ]);
  });

  it('DEV-71, CUS-188: copies the manager; one who is none any more gets nobody', async () => {
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const former = await aMember({ of: partner, roles: ['account-manager'] });
    const [one, other] = [await anInvited(manager), await anInvited(former)];
    expect((await rowOf(other.invitationId)).accountManagerId).toBe(former.memberId);
    const [first, second] = [await loggedIn(one), await loggedIn(other)];
    const change = { roles: ['finance-specialist'], expectedVersion: 1 };
    const path = { memberId: former.memberId };
    expect((await invoke(modifyMember, { as: partner, path, body: change })).status).toBe(200);
    await enabled(one.token, first);
    await enabled(other.token, second);
    expect((await customerOf(first.customerId)).association?.accountManagers).toEqual({
      [partner.partnerId]: manager.memberId,
    });
    expect((await customerOf(second.customerId)).association?.accountManagers).toEqual({});
    expect((await invoke(getCustomer, { as: manager, path: { customerId: first.customerId } })).status).toBe(200);
  });

  it("DEV-106: a reseller's new customer is at once in the distributor's view, and by way of the reseller", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const invited = await anInvited(reseller);
    const customer = await loggedIn(invited);
    await enabled(invited.token, customer);
    expect((await customerOf(customer.customerId)).association).toMatchObject({
      partnerId: distributor.partnerId,
      resellerId: reseller.partnerId,
    });
    const { body } = await invoke(queryCustomers, { as: distributor, query: { scope: 'resellers' } });
    expect(JSON.stringify(body)).toContain(customer.customerId);
  });

  it('DEV-101: a referral association freezes nothing', async () => {
    await giveStanding(partner.partnerId, { grants: ['customer-development', 'referral-model'] });
    const invited = await anInvited(partner, { associationType: 'referral' });
    const account = await anAccount(invited.email);
    expect((await logIn(invited.token, account, { instructionsVersion: undefined })).status).toBe(201);
    const { customerId } = await enabled(invited.token, account);
    const { association, control } = await customerOf(customerId);
    expect([association?.type, association?.instructionsVersion]).toEqual(['referral', undefined]);
    expect(control.freezeLevel).toBe('none');
    expect(await eventsOf('customer.associated', customerId)).toMatchObject([{ detail: { frozen: false } }]);
  });

  it("DEV-79: a link's customer takes the inviting partner's own lead along, and is stopped by another's", async () => {
    const [own, foreign] = [anEmail(), anEmail()];
    const lead = await aLead(partner, { email: own });
    await aLead(await aPartner(), { email: foreign });
    const link = await generalLink(partner);
    const welcome = await registered(link, own);
    expect(await enabled(link, welcome)).toMatchObject({ state: 'associated' });
    expect(await loadLead(lead.leadId)).toMatchObject({ status: 'associated', customerId: welcome.customerId });
    const stopped = await registered(link, foreign);
    expect(await enabled(link, stopped)).toMatchObject({
      state: 'association-failed',
      failure: { code: 'REGISTERED_BY_OTHER_PARTNER' },
    });
    expect(await rowOf(stopped.invitationId)).toMatchObject({ failure: { code: 'REGISTERED_BY_OTHER_PARTNER' } });
  });
});

describe('enable-and-associate', () => {
  it('DEV-90: nobody is associated who has not come through the invitation or has not accepted everything', async () => {
    const { token, email } = await anInvited(partner);
    const other = await anInvited(partner);
    const stranger = await loggedIn(other);
    expect(code(await enable(token, stranger))).toEqual([409, 'NOT_REGISTERED']);
    expect(code(await stateOf(token, stranger))).toEqual([409, 'NOT_REGISTERED']);
    const customer = await registered(token, email);
    const refused = await enable(token, customer, { privacyStatementAccepted: false });
    expect(refused).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(await stateOf(token, customer)).toMatchObject({ body: { state: 'registered' } });
  });

  it('DEV-89: the country is fixed by enabling services', async () => {
    const { token, email } = await anInvited(partner);
    const account = await anAccount(email, { servicesEnabled: true, country: 'DE' });
    await logIn(token, account);
    expect(code(await enable(token, account, { country: 'SG' }))).toEqual([409, 'COUNTRY_FIXED']);
    expect((await stateOf(token, account)).body.state).toBe('registered');
    expect((await enable(token, account)).status).toBe(202);
  });

  it('DEV-91: who registered in time completes after the seven days; who logged in must do so within them', async () => {
    const [registering, logging] = [await anInvited(partner), await anInvited(partner)];
    clock.set('2024-08-07T09:00:00+08:00');
    const customer = await registered(registering.token, registering.email);
    const account = await loggedIn(logging);
    clock.set('2024-08-08T08:59:59+08:00');
    expect((await stateOf(logging.token, account)).body.state).toBe('registered');
    clock.set('2024-08-08T09:00:00+08:00');
    expect(code(await enable(logging.token, account))).toEqual([410, 'LINK_EXPIRED']);
    expect(await rowOf(logging.invitationId)).toMatchObject({ failure: { code: 'LINK_EXPIRED' } });
    expect(await enabled(registering.token, customer)).toMatchObject({ state: 'associated' });
  });

  it('DEV-59, DEV-91: one second before the end a customer that logged in is associated', async () => {
    const invited = await anInvited(partner);
    const account = await loggedIn(invited);
    await platformAccount(account.accountId, { registeredAt: clock.now() });
    clock.set('2024-08-08T08:59:59+08:00');
    expect(await enabled(invited.token, account)).toMatchObject({ state: 'associated' });
  });

  it('DEV-201, DEV-97: asked twice, also at once and again later, one association comes of it', async () => {
    const invited = await anInvited(partner);
    const customer = await loggedIn(invited);
    await Promise.all([enable(invited.token, customer), enable(invited.token, customer)]);
    await drain();
    expect(await enable(invited.token, customer)).toMatchObject({ status: 202, body: { state: 'associated' } });
    await drain();
    expect(await eventsOf('customer.associated', customer.customerId)).toHaveLength(1);
    expect(await listAssociations(customer.customerId)).toHaveLength(1);
  });

  it('DEV-201: with the registry down nothing is asked for; the customer repeats', async () => {
    const invited = await anInvited(partner);
    const customer = await loggedIn(invited);
    await platformOutage(true);
    try {
      expect(code(await enable(invited.token, customer))).toEqual([503, 'PLATFORM_UNAVAILABLE']);
    } finally {
      await platformOutage(false);
    }
    expect((await stateOf(invited.token, customer)).body.state).toBe('registered');
    expect(await enabled(invited.token, customer)).toMatchObject({ state: 'associated' });
  });
});

describe('what blocks', () => {
  it('DEV-93, DEV-107: the first cause is kept with its advice; nothing else changes, and a later success overwrites it', async () => {
    const invited = await anInvited(partner);
    const customer = await loggedIn(invited);
    await platformAccount(customer.accountId, { isInternalAccount: true, overdue: true });
    const [before, lead] = [await customerOf(customer.customerId), await loadLead(invited.leadId)];
    expect(await enabled(invited.token, customer)).toMatchObject({
      state: 'association-failed',
      failure: { code: 'INTERNAL_ACCOUNT', message: 'The account is internal to the platform.', at: clock.now() },
    });
    expect(await rowOf(invited.invitationId)).toMatchObject({
      status: 'association-failed',
      failure: { code: 'INTERNAL_ACCOUNT', advice: 'The customer cannot be associated.', at: clock.now() },
    });
    expect(await customerOf(customer.customerId)).toEqual(before);
    expect(await loadLead(invited.leadId)).toEqual(lead);
    expect(await eventsOf('customer.association-failed', customer.customerId)).toMatchObject([
      { detail: { code: 'INTERNAL_ACCOUNT', partnerId: partner.partnerId } },
    ]);
    expect(await eventsOf('customer-operation.failed', customer.customerId)).toMatchObject([
      { detail: { traceName: 'customerEnter', code: 'INTERNAL_ACCOUNT' } },
    ]);
    expect(await tracesOf(partner.partnerId, 'associate-invited-customer')).toMatchObject([
      { outcome: 'refused', code: 'INTERNAL_ACCOUNT' },
    ]);

    await platformAccount(customer.accountId, { isInternalAccount: false, overdue: false });
    expect(await enabled(invited.token, customer)).toMatchObject({ state: 'associated', failure: null });
    const { failure, status } = await rowOf(invited.invitationId);
    expect([status, failure]).toEqual(['associated', undefined]);
  });

  it('DEV-93: what the partner may no longer do stops an invitation that was sent when it might', async () => {
    await giveStanding(partner.partnerId, { grants: ['customer-development', 'referral-model'] });
    const [reselling, referring] = [
      await anInvited(partner),
      await anInvited(partner, { associationType: 'referral' }),
    ];
    const [first, second] = [await loggedIn(reselling), await loggedIn(referring)];
    await giveStanding(partner.partnerId, { grants: ['customer-development'], prepaid: true });
    expect(await enabled(reselling.token, first)).toMatchObject({ failure: { code: 'PREPAID_PARTNER' } });
    expect(await enabled(referring.token, second)).toMatchObject({
      failure: { code: 'REFERRAL_NOT_ALLOWED_RELATIONSHIP' },
    });
  });

  it('DEV-76: a partner that left takes nobody any more', async () => {
    const invited = await anInvited(partner);
    const customer = await loggedIn(invited);
    await giveStanding(partner.partnerId, { status: 'inactive' });
    expect(code(await enable(invited.token, customer))).toEqual([404, 'LINK_NOT_FOUND']);
  });

  it('DEV-53, DEV-63, DEV-108: cancelled or replaced meanwhile, the customer is told and no row changes', async () => {
    const [cancelled, replaced] = [await anInvited(partner), await anInvited(partner)];
    const [first, second] = [await loggedIn(cancelled), await loggedIn(replaced)];
    await platformAccount(second.accountId, { isInternalAccount: true });
    await enabled(replaced.token, second); // failed, so that it can be sent again (DEV-65)
    clock.advance({ minutes: 2 });
    await sendAgain(partner, replaced.invitationId);
    await invoke(deleteLeads, { as: partner, body: { leadIds: [cancelled.leadId] } });
    const rows = [await rowOf(cancelled.invitationId), await rowOf(replaced.invitationId)];
    expect(code(await enable(cancelled.token, first))).toEqual([404, 'LINK_NOT_FOUND']);
    expect(code(await enable(replaced.token, second))).toEqual([410, 'LINK_EXPIRED']);
    expect([await rowOf(cancelled.invitationId), await rowOf(replaced.invitationId)]).toEqual(rows);

    await platformAccount(second.accountId, { isInternalAccount: false });
    expect(await accepted(tokenOf(replaced.invitationId, 2), second)).toMatchObject({ state: 'associated' });
  });

  it('DEV-62: a link that led to an association leads nowhere else', async () => {
    const invited = await anInvited(partner);
    await enabled(invited.token, await loggedIn(invited));
    const other = await anAccount(invited.email);
    expect(code(await logIn(invited.token, other))).toEqual([409, 'LINK_USED']);
    expect(code(await invoke(openInvitation, { path: { token: invited.token } }))).toEqual([409, 'LINK_USED']);
  });
});

/** A customer that asked two partners for an association, nobody protecting its address any more. */
async function acceptedByTwo() {
  const rival = await aPartner();
  const lead = await aLead(rival);
  clock.set('2024-08-15T09:00:00+08:00');
  const invitation = only(await inviteLeads(rival, [lead.leadId])).invitation;
  clock.set('2024-08-16T09:00:00+08:00'); // the lead has lapsed, its link has not (DEV-60)
  const [link, token] = [await generalLink(partner), tokenOf(invitation.invitationId)];
  const customer = await registered(link, lead.email);
  await logIn(token, customer);
  expect((await enable(link, customer)).status).toBe(202);
  expect((await enable(token, customer)).status).toBe(202);
  return { customer, first: customer.invitationId, second: String(invitation.invitationId) };
}

/** What the queue does with one request. */
const associateNow = async (invitationId: string, { customerId }: { customerId: string }): Promise<void> => {
  const { accountId } = await customerOf(customerId);
  await asSystem((now) => associateInvited({ invitationId, accountId }, 1, now));
};

describe('at once and in pieces', () => {
  it('DEV-97: two partners accepted at the same instant: one association, the other row says why it has none', async () => {
    const { customer, first, second } = await acceptedByTwo();
    await Promise.all([first, second].map((invitationId) => associateNow(invitationId, customer)));
    await drain(); // the messages themselves come late and find everything settled
    const rows = await Promise.all([first, second].map(rowOf));
    expect(rows.map(({ status, failure }) => failure?.code ?? status).sort()).toEqual([
      'ASSOCIATED_WITH_OTHER',
      'associated',
    ]);
    const associations = await listAssociations(customer.customerId);
    const winner = rows.find(({ status }) => status === 'associated');
    expect(associations.map(({ partnerId }) => partnerId)).toEqual([winner?.partnerId]);
    expect(await eventsOf('customer.associated', customer.customerId)).toHaveLength(1);
  });

  it('DEV-97: the other partner comes first between check and commit', async () => {
    const { customer, first, second } = await acceptedByTwo();
    beforeNextCommit(() => associateNow(first, customer));
    await associateNow(second, customer);
    expect((await rowOf(first)).status).toBe('associated');
    expect(await rowOf(second)).toMatchObject({
      status: 'association-failed',
      failure: { code: 'ASSOCIATED_WITH_OTHER' },
    });
  });

  it('DEV-60, DEV-97: a reservation that appears between check and commit stops it', async () => {
    const rival = await aPartner();
    const invited = await anInvited(partner);
    clock.set('2024-08-07T09:00:00+08:00');
    const customer = await registered(invited.token, invited.email);
    clock.set('2024-08-16T09:00:00+08:00'); // the own lead has lapsed
    await platformAccount((await customerOf(customer.customerId)).accountId, { registeredAt: clock.now() });
    expect(await enable(invited.token, customer)).toMatchObject({ status: 202 });
    beforeNextCommit(() => aLead(rival, { email: invited.email }));
    await associateNow(invited.invitationId, customer);
    expect((await stateOf(invited.token, customer)).body).toMatchObject({
      failure: { code: 'REGISTERED_BY_OTHER_PARTNER' },
    });
    expect((await customerOf(customer.customerId)).association).toBeUndefined();
  });

  it('DEV-79, DEV-97: nor is a reservation overlooked where the partner has no lead of its own', async () => {
    const rival = await aPartner();
    const [link, email] = [await generalLink(partner), anEmail()];
    const customer = await registered(link, email);
    expect((await enable(link, customer)).status).toBe(202);
    beforeNextCommit(() => aLead(rival, { email }));
    await associateNow(customer.invitationId, customer);
    expect((await stateOf(link, customer)).body).toMatchObject({ failure: { code: 'REGISTERED_BY_OTHER_PARTNER' } });
  });

  it('DEV-98: a standing that changes between check and commit is judged again', async () => {
    const invited = await anInvited(partner);
    const customer = await loggedIn(invited);
    await enable(invited.token, customer);
    beforeNextCommit(() => giveStanding(partner.partnerId, { prepaid: true }));
    await associateNow(invited.invitationId, customer);
    expect((await stateOf(invited.token, customer)).body).toMatchObject({ failure: { code: 'PREPAID_PARTNER' } });
  });

  it.each(['before', 'after'] as const)(
    'DEV-201: a crash %s the commit leaves all or nothing, and the next delivery completes',
    async (when) => {
      const invited = await anInvited(partner);
      const customer = await loggedIn(invited);
      await enable(invited.token, customer);
      await publishedEvents();
      {
        using crash = crashAtWrite(1, when);
        await drain();
        expect(crash.struck).toBe(true);
      }
      await drain();
      expect((await stateOf(invited.token, customer)).body.state).toBe('associated');
      expect(await eventsOf('customer.associated', customer.customerId)).toHaveLength(1);
      const { records } = await listFreezeRecords(customer.customerId, { limit: 10 });
      expect(records).toHaveLength(1);
    },
  );

  it('DEV-201: with the registry down five times the row says SYSTEM_BUSY, and the customer may try again', async () => {
    const invited = await anInvited(partner);
    const customer = await loggedIn(invited);
    await enable(invited.token, customer);
    await platformOutage(true);
    try {
      await drain();
    } finally {
      await platformOutage(false);
    }
    expect(await rowOf(invited.invitationId)).toMatchObject({
      status: 'association-failed',
      failure: { code: 'SYSTEM_BUSY', advice: 'Contact the customer service.' },
    });
    expect(await deadLetters('associations')).toEqual([]);
    expect(await enabled(invited.token, customer)).toMatchObject({ state: 'associated' });
  });

  it('DEV-97: a second invitation of the same partner changes nothing but its own row', async () => {
    const email = anEmail();
    const link = await generalLink(partner);
    const customer = await registered(link, email);
    const invited = await anInvited(partner, { email });
    await logIn(invited.token, customer);
    await enabled(link, customer);
    const before = await customerOf(customer.customerId);
    expect(await enabled(invited.token, customer)).toMatchObject({ state: 'associated' });
    expect(await customerOf(customer.customerId)).toEqual(before);
    expect(await rowOf(invited.invitationId)).toMatchObject({ status: 'associated' });
    expect(await eventsOf('customer.associated', customer.customerId)).toHaveLength(1);
  });
});
