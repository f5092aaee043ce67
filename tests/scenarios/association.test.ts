import { beforeEach, describe, expect, it } from 'vitest';
import { associateInvited, loadLead } from '#lib/customer-development/index.ts';
import { listAssociations } from '#lib/customers/index.ts';
import { handler as setMonthlyBudget } from '../../functions/budgets/set-monthly-budget.ts';
import { handler as createCustomLink } from '../../functions/customer-development/create-custom-link.ts';
import { handler as unfreezeAccount } from '../../functions/customers/unfreeze-account.ts';
import {
  accepted,
  anAccount,
  anEmail,
  anInvited,
  askForRegistrationCode,
  customerOf,
  enable,
  enabled,
  generalLink,
  logIn,
  register,
  registered,
  rowOf,
  tokenOf,
} from '../customer-development/association-story.ts';
import { aLead, giveStanding, inviteLeads, only } from '../customer-development/inviting.ts';
import { askForReview, decide } from '../customer-development/lead-story.ts';
import {
  aMember,
  anOperator,
  aPartner,
  asSystem,
  clock,
  invoke,
  platformAccount,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';

useStack();

/** The acceptance examples of chapter 04 in which a customer accepts. */
let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-08-01T00:00:00+08:00');
  partner = await aPartner();
});

/** A lead that lapses on Aug 16 at 00:00 and its link that lives to Aug 16 at 12:00 or longer. */
async function lapsedLead() {
  const lead = await aLead(partner);
  clock.set('2024-08-09T12:00:00+08:00');
  const { invitation } = only(await inviteLeads(partner, [lead.leadId]));
  return { ...lead, invitationId: invitation.invitationId, token: tokenOf(invitation.invitationId) };
}

describe('example 9: the lead has lapsed, the link has not', () => {
  it('DEV-60: nobody else reserved the customer, so it associates, and the lead with it', async () => {
    const { token, email, leadId } = await lapsedLead();
    clock.set('2024-08-16T00:10:00+08:00');
    expect(await accepted(token, await anAccount(email))).toMatchObject({ state: 'associated' });
    expect(await loadLead(leadId)).toMatchObject({ status: 'associated' });
  });

  it('DEV-60: another partner reserved it', async () => {
    const { token, email, leadId } = await lapsedLead();
    clock.set('2024-08-16T00:05:00+08:00');
    await aLead(await aPartner(), { email });
    clock.set('2024-08-16T00:10:00+08:00');
    expect(await accepted(token, await anAccount(email))).toMatchObject({
      state: 'association-failed',
      failure: { code: 'REGISTERED_BY_OTHER_PARTNER' },
    });
    expect((await loadLead(leadId))?.status).not.toBe('associated');
  });
});

describe('example 10: a new customer through the QR code of an account manager', () => {
  it("DEV-71, DEV-70, DEV-74, DEV-98: is the manager's, carries its username as tag and is frozen", async () => {
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const link = await generalLink(manager);
    const { customerId, ...as } = await registered(link, anEmail());
    expect(await enabled(link, as)).toMatchObject({ state: 'associated' });
    expect(await customerOf(customerId)).toMatchObject({
      association: { origin: 'general-link', accountManagers: { [partner.partnerId]: manager.memberId } },
      customTag: manager.subject, // the builder gives a member one name for both
      control: { freezeLevel: 'account', freezeCause: 'association-default' },
    });
  });

  it('DEV-73: a dedicated link assigns to the chosen manager, whoever made it', async () => {
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const body = { associationType: 'reseller', tagMode: 'dedicated', accountManagerId: manager.memberId };
    const made = await invoke(createCustomLink, { as: partner, body });
    expect(made).toMatchObject({ status: 201 });
    const token = decodeURIComponent(String(made.body.url).split('/invitations/')[1] ?? '');
    const { customerId, ...as } = await registered(token, anEmail());
    await enabled(token, as);
    expect((await customerOf(customerId)).association).toMatchObject({
      origin: 'custom-link',
      accountManagers: { [partner.partnerId]: manager.memberId },
    });
  });
});

describe('example 11: a customer with an account uses a general link', () => {
  it('DEV-78: it needs an invitation by e-mail', async () => {
    const email = anEmail();
    const account = await anAccount(email);
    const refusal = { status: 409, body: { code: 'EXISTING_ACCOUNT_NEEDS_EMAIL_INVITATION' } };
    const link = await generalLink(partner);
    expect(await logIn(link, account)).toMatchObject(refusal);
    expect(await register(link, email)).toMatchObject(refusal);
  });
});

describe('example 12: registered, services not enabled', () => {
  it('DEV-90: the row is registered, nothing is associated and nothing frozen', async () => {
    const { token, email, invitationId } = await anInvited(partner);
    const { customerId } = await registered(token, email);
    expect(await rowOf(invitationId)).toMatchObject({ status: 'registered' });
    const customer = await customerOf(customerId);
    expect([customer.association, customer.control.freezeLevel]).toEqual([undefined, 'none']);
    const events = await publishedEvents('customer.associated');
    expect(events.filter(({ detail }) => detail.customerId === customerId)).toEqual([]);
  });
});

describe('example 13: invited with one address, registering with another', () => {
  it('DEV-87: is a mismatch, and the link is still good', async () => {
    const { token, email, invitationId } = await anInvited(partner);
    const mismatch = { status: 422, body: { code: 'EMAIL_MISMATCH' } };
    expect(await askForRegistrationCode(token, anEmail())).toMatchObject(mismatch);
    expect(await rowOf(invitationId)).toMatchObject({ status: 'invited' });
    await registered(token, email);
  });
});

describe('example 14: budget and freeze of a new customer', () => {
  it('DEV-99, DEV-101: a budget alone leaves it frozen; budget and unfreezing together let it buy', async () => {
    const { token, email } = await anInvited(partner);
    const { customerId, ...as } = await registered(token, email);
    await enabled(token, as);
    const path = { customerId };
    const budget = { amount: '1000.00', expectedVersion: 0 };
    expect((await invoke(setMonthlyBudget, { as: partner, path, body: budget })).status).toBe(200);
    expect((await customerOf(customerId)).control.freezeLevel).toBe('account');
    const lifted = await invoke(unfreezeAccount, {
      as: partner,
      body: { customerIds: [customerId], reason: 'A budget is set.' },
    });
    expect(lifted).toMatchObject({ status: 200, body: { results: [{ status: 'done' }] } });
    expect((await customerOf(customerId)).control.freezeLevel).toBe('none');
  });
});

describe('example 15: the age of an account', () => {
  it('DEV-94, DEV-95: seven days pass, one second more does not, unless the lead carries the waiver', async () => {
    const operator = await anOperator();
    const [onTime, late] = [await anInvited(partner), await anInvited(partner)];
    const waived = anEmail();
    await anAccount(waived, { registeredAt: '2024-07-01T00:00:00.000Z' as never });
    const { body: lead } = await askForReview(partner, { email: waived });
    expect(await decide(operator, lead.leadId)).toMatchObject({ status: 200 });
    const { invitation } = only(await inviteLeads(partner, [lead.leadId]));

    const registeredAt = clock.now();
    const [seven, more] = [await anAccount(onTime.email, { registeredAt }), await anAccount(late.email)];
    await logIn(onTime.token, seven);
    clock.set('2024-08-07T23:59:59+08:00');
    await platformAccount(seven.accountId, { registeredAt: '2024-07-31T15:59:59.000Z' as never });
    expect(await enabled(onTime.token, seven)).toMatchObject({ state: 'associated' });
    await platformAccount(more.accountId, { registeredAt: '2024-07-31T15:59:58.000Z' as never });
    expect(await accepted(late.token, more)).toMatchObject({ failure: { code: 'REGISTERED_TOO_LONG' } });
    expect(await rowOf(late.invitationId)).toMatchObject({
      failure: { advice: 'The customer raises a ticket or calls the service.' },
    });

    const old = await anAccount(waived, { registeredAt: '2024-07-01T00:00:00.000Z' as never });
    expect(await accepted(tokenOf(invitation.invitationId), old)).toMatchObject({ state: 'associated' });
  });

  it('DEV-95: the waiver ends with the validity of the lead', async () => {
    const operator = await anOperator();
    const email = anEmail();
    const old = await anAccount(email, { registeredAt: '2024-07-01T00:00:00.000Z' as never });
    const { body: lead } = await askForReview(partner, { email });
    await decide(operator, lead.leadId);
    clock.set('2024-08-15T23:59:59+08:00');
    const { invitation } = only(await inviteLeads(partner, [lead.leadId]));
    clock.set('2024-08-16T00:00:00+08:00');
    expect(await accepted(tokenOf(invitation.invitationId), old)).toMatchObject({
      failure: { code: 'REGISTERED_TOO_LONG' },
    });
  });
});

describe("example 16: two partners' invitations accepted at the same instant", () => {
  it('DEV-97: one association; the other row is Association failed, associated with another', async () => {
    const rival = await aPartner();
    const lead = await aLead(rival);
    clock.set('2024-08-15T09:00:00+08:00');
    const { invitation } = only(await inviteLeads(rival, [lead.leadId]));
    clock.set('2024-08-16T09:00:00+08:00');
    const [link, token] = [await generalLink(partner), tokenOf(invitation.invitationId)];
    const { customerId, invitationId, ...as } = await registered(link, lead.email);
    await logIn(token, as);
    await Promise.all([enable(link, as), enable(token, as)]);
    const { accountId } = await customerOf(customerId);
    const both = [invitationId, String(invitation.invitationId)];
    await Promise.all(
      both.map((each) => asSystem((now) => associateInvited({ invitationId: each, accountId }, 1, now))),
    );
    const rows = await Promise.all(both.map(rowOf));
    expect(rows.map(({ status, failure }) => failure?.code ?? status).sort()).toEqual([
      'ASSOCIATED_WITH_OTHER',
      'associated',
    ]);
    expect(await listAssociations(customerId)).toHaveLength(1);
  });
});

describe('example 17: the member of an enterprise', () => {
  it('DEV-93: is stopped in the reseller model, not in the referral model', async () => {
    await giveStanding(partner.partnerId, { grants: ['customer-development', 'referral-model'] });
    const [reselling, referring] = [
      await anInvited(partner),
      await anInvited(partner, { associationType: 'referral' }),
    ];
    const facts = { enterpriseRole: 'member' } as const;
    expect(await accepted(reselling.token, await anAccount(reselling.email, facts))).toMatchObject({
      failure: { code: 'ENTERPRISE_MEMBER' },
    });
    expect(await accepted(referring.token, await anAccount(referring.email, facts))).toMatchObject({
      state: 'associated',
    });
  });
});
