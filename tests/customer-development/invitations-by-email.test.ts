import { beforeEach, describe, expect, it } from 'vitest';
import { loadInvitation, resolveToken } from '#lib/customer-development/index.ts';
import { handler as deleteLeads } from '../../functions/customer-development/delete-preregistrations.ts';
import { handler as invite } from '../../functions/customer-development/invite-by-email.ts';
import { handler as sendDueMessages } from '../../functions/notifications/send-due-messages.ts';
import {
  aMember,
  aPartner,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { aLead, giveStanding, invited, inviteLeads, only, sendAgain, tokensMailedTo, unique } from './inviting.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  partner = await aPartner();
});

const mailsTo = async (email: string) => (await sentMails()).filter(({ to }) => to.includes(email));
const sentEvents = async (invitationId: string) =>
  (await publishedEvents('invitation.sent')).filter(({ detail }) => detail.invitationId === invitationId);

describe('invite-by-email', () => {
  it('DEV-59, DEV-61, DEV-62: mails the invited address a link of seven days; the secret is in the mail alone', async () => {
    const lead = await aLead(partner);
    const answer = await inviteLeads(partner, [lead.leadId]);
    const { invitation } = only(answer);
    await drain();

    expect(invitation).toMatchObject({
      leadId: lead.leadId,
      method: 'email',
      associationType: 'reseller',
      status: 'invited',
      sendCount: 1,
      sentAt: '2024-08-01T01:00:00.000Z',
      expiresAt: '2024-08-08T01:00:00.000Z',
      deliveryStatus: null,
      failure: null,
    });
    const [mail, ...others] = await mailsTo(lead.email);
    expect(others).toEqual([]);
    expect(mail?.subject).toBe(`${partner.partner.companyName} invites you to become its customer`);
    expect(mail?.text).toContain(`Address to register with: ${lead.email}`);
    expect(mail?.text).toContain('Link valid until: 2024-08-08 09:00:00 (GMT+08:00)');
    expect(mail?.text).toContain('reseller model');
    expect(mail?.text).toContain('Your account is frozen when the association begins.');
    const [token = ''] = await tokensMailedTo(lead.email);
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(mail?.html).toContain(`<a href="https:&#x2F;&#x2F;portal.test&#x2F;invitations&#x2F;${token}"`);
    expect(await resolveToken(token, clock.now())).toMatchObject({
      kind: 'invitation',
      current: true,
      invitation: { invitationId: invitation.invitationId, partnerId: partner.partnerId, leadId: lead.leadId },
    });
    for (const place of [answer.body, await publishedEvents(), await tracesOf(partner.partnerId)])
      expect(JSON.stringify(place)).not.toContain(token);
    expect(await tracesOf(partner.partnerId, 'invite-by-email')).toMatchObject([
      { outcome: 'done', after: { invitationId: invitation.invitationId, leadId: lead.leadId, sendCount: 1 } },
    ]);
  });

  it("DEV-10, DEV-57: a reseller has no choice; referral needs the operator's switch; nothing is frozen in it", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const of = await aLead(reseller);
    expect(await inviteLeads(reseller, [of.leadId], { associationType: 'referral' })).toMatchObject({
      status: 409,
      body: { code: 'ASSOCIATION_TYPE_NOT_ALLOWED' },
    });
    const lead = await aLead(partner);
    expect(await inviteLeads(partner, [lead.leadId], { associationType: 'referral' })).toMatchObject({
      body: { code: 'ASSOCIATION_TYPE_NOT_ALLOWED' },
    });
    await giveStanding(partner.partnerId, { grants: ['customer-development', 'referral-model'] });
    expect(only(await inviteLeads(partner, [lead.leadId], { associationType: 'referral' }))).toMatchObject({
      invitation: { associationType: 'referral' },
    });
    await drain();
    const [mail] = await mailsTo(lead.email);
    expect(mail?.text).toContain('referral model');
    expect(mail?.text).not.toContain('frozen');
    expect(await mailsTo(of.email)).toEqual([]);
  });

  it('DEV-58: a partner that pays in advance cannot invite in the reseller model', async () => {
    const lead = await aLead(partner);
    await giveStanding(partner.partnerId, { prepaid: true, grants: ['customer-development', 'referral-model'] });
    expect(await inviteLeads(partner, [lead.leadId])).toMatchObject({ body: { code: 'PREPAID_PARTNER' } });
    expect(only(await inviteLeads(partner, [lead.leadId], { associationType: 'referral' })).status).toBe('done');
  });

  it('DEV-22: a distributor without customer development hears so before anything about its input', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    for (const body of [{}, { leadIds: ['lead_x'] }]) {
      expect(await invoke(invite, { as: distributor, body })).toMatchObject({
        status: 403,
        body: { code: 'CUSTOMER_DEVELOPMENT_DISABLED' },
      });
    }
    await giveStanding(distributor.partnerId, { grants: ['customer-development'] });
    const lead = await aLead(distributor);
    expect(only(await inviteLeads(distributor, [lead.leadId])).status).toBe('done');
  });

  it('DEV-54, DEV-55: only what is validly pre-registered is invited, up to the last second of its 15 days', async () => {
    const [deleted, lapsing, late] = [await aLead(partner), await aLead(partner), await aLead(partner)];
    await invoke(deleteLeads, { as: partner, body: { leadIds: [deleted.leadId] } });
    clock.set('2024-08-16T08:59:59.999+08:00');
    expect(only(await inviteLeads(partner, [lapsing.leadId])).status).toBe('done');
    clock.set('2024-08-16T09:00:00+08:00');
    for (const { leadId } of [deleted, late])
      expect(only(await inviteLeads(partner, [leadId]))).toMatchObject({
        id: leadId,
        status: 'refused',
        code: 'PREREGISTRATION_NOT_ACTIVE',
      });
    expect(only(await inviteLeads(partner, ['a customer that never was a lead'])).code).toBe('LEAD_NOT_FOUND');
  });

  it("DEV-01, DEV-05: what is not the own partner's or not the own lead is not there", async () => {
    const [foreign, mine] = [await aLead(await aPartner()), await aLead(partner)];
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const own = await aLead(manager);
    expect(only(await inviteLeads(partner, [foreign.leadId])).code).toBe('LEAD_NOT_FOUND');
    expect(only(await inviteLeads(manager, [mine.leadId])).code).toBe('LEAD_NOT_FOUND');
    expect(only(await inviteLeads(manager, [own.leadId])).invitation.accountManagerId).toBe(manager.memberId);
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect(await inviteLeads(finance, [mine.leadId])).toMatchObject({ body: { code: 'PERMISSION_DENIED' } });
  });

  it('DEV-56: of 100 with ten failures inside, ninety are invited and ten say why', { timeout: 60_000 }, async () => {
    const other = await aPartner();
    const good: string[] = [];
    for (let i = 0; i < 90; i += 1) good.push((await aLead(partner)).leadId);
    const [gone, foreign] = [await aLead(partner), await aLead(other)];
    await invoke(deleteLeads, { as: partner, body: { leadIds: [gone.leadId] } });
    const bad = [gone.leadId, foreign.leadId, ...Array.from({ length: 8 }, (_, i) => `lead_unknown_${i}`)];
    const mixed = good.flatMap((leadId, i) => (i % 9 === 4 ? [leadId, bad[(i - 4) / 9] ?? ''] : [leadId]));

    const { status, body } = await inviteLeads(partner, mixed);

    expect(status).toBe(200);
    expect(body.results.map(({ id }: { id: string }) => id)).toEqual(mixed);
    const outcomeOf = new Map(body.results.map((each: { id: string }) => [each.id, each]));
    for (const leadId of good) expect(outcomeOf.get(leadId)).toMatchObject({ status: 'done' });
    expect(bad.map((leadId) => (outcomeOf.get(leadId) as { code: string }).code)).toEqual([
      'PREREGISTRATION_NOT_ACTIVE',
      ...Array.from({ length: 9 }, () => 'LEAD_NOT_FOUND'),
    ]);
    const events = await publishedEvents('invitation.sent');
    expect(events.filter(({ detail }) => detail.partnerId === partner.partnerId)).toHaveLength(90);
    const traces = await tracesOf(partner.partnerId, 'invite-by-email');
    expect(traces.filter(({ outcome }) => outcome === 'refused')).toHaveLength(10);
  });

  it('DEV-56: takes 1 to 100; the same lead twice counts once', async () => {
    const { leadId } = await aLead(partner);
    for (const leadIds of [[], Array.from({ length: 101 }, (_, i) => `lead_${i}`), [''], 'lead_1'])
      expect(await invoke(invite, { as: partner, body: { leadIds } })).toMatchObject({
        status: 400,
        body: { code: 'INPUT_INVALID' },
      });
    expect(only(await inviteLeads(partner, [leadId, leadId])).status).toBe('done');
  });

  it('DEV-63: a repeat within 60 seconds is answered with the first sending and sends nothing', async () => {
    const lead = await aLead(partner);
    const { invitationId, token } = await invited(partner, lead);
    clock.set('2024-08-01T09:00:59.999+08:00');
    expect(only(await inviteLeads(partner, [lead.leadId])).invitation).toMatchObject({
      invitationId,
      sendCount: 1,
      sentAt: '2024-08-01T01:00:00.000Z',
    });
    expect(only(await sendAgain(partner, invitationId)).invitation.sendCount).toBe(1);
    await drain();
    expect(await tokensMailedTo(lead.email)).toEqual([token]);
    expect(await resolveToken(token, clock.now())).toMatchObject({ current: true });
  });

  it('DEV-63: from 60 seconds on a new link replaces the old one, which then has expired', async () => {
    const lead = await aLead(partner);
    const { token: first } = await invited(partner, lead);
    clock.set('2024-08-01T09:01:00+08:00');
    const { token: second } = await invited(partner, lead);
    expect(second).not.toBe(first);
    expect(await resolveToken(first, clock.now())).toMatchObject({ kind: 'invitation', current: false });
    expect(await resolveToken(second, clock.now())).toMatchObject({
      current: true,
      invitation: { sendCount: 2, expiresAt: '2024-08-08T01:01:00.000Z' },
    });
  });

  it('DEV-62: no other text opens anything', async () => {
    const { token } = await invited(partner, await aLead(partner));
    for (const text of ['', 'x', token.slice(0, -1), `${token}A`, token.toLowerCase(), `${token}~`, '~~', unique()])
      expect(await resolveToken(text, clock.now())).toBeUndefined();
  });

  it('DEV-60: a link sent on day 14 still opens on day 20, after its lead has lapsed', async () => {
    const lead = await aLead(partner);
    clock.set('2024-08-15T09:00:00+08:00');
    const { token } = await invited(partner, lead);
    clock.set('2024-08-21T09:00:00+08:00');
    expect(await resolveToken(token, clock.now())).toMatchObject({ current: true, invitation: { status: 'invited' } });
  });

  it('DEV-53: with its lead deleted the link leads nowhere', async () => {
    const lead = await aLead(partner);
    const { invitationId, token } = await invited(partner, lead);
    await invoke(deleteLeads, { as: partner, body: { leadIds: [lead.leadId] } });
    expect(await loadInvitation(invitationId)).toMatchObject({ status: 'cancelled' });
    expect(await resolveToken(token, clock.now())).toBeUndefined();
  });

  it('the same Idempotency-Key answers the same', async () => {
    const lead = await aLead(partner);
    const request = { as: partner, body: { leadIds: [lead.leadId] }, headers: { 'idempotency-key': unique() } };
    const first = await invoke(invite, request);
    clock.advance({ minutes: 5 });
    const second = await invoke(invite, request);
    expect(second.body).toEqual(first.body);
    expect(await sentEvents(only(first).invitation.invitationId)).toHaveLength(1);
  });
});

describe('two at once', () => {
  it('DEV-63, DEV-200: one lead invited twice in the same moment is one sending and one mail', async () => {
    const lead = await aLead(partner);
    const answers = await Promise.all(Array.from({ length: 4 }, () => inviteLeads(partner, [lead.leadId])));
    expect(answers.map((answer) => only(answer).invitation?.sendCount)).toEqual([1, 1, 1, 1]);
    await drain();
    expect(await tokensMailedTo(lead.email)).toHaveLength(1);
    expect(await sentEvents(only(answers[0] as never).invitation.invitationId)).toHaveLength(1);
  });

  it('DEV-63, DEV-67: one row sent again twice in the same moment gets one new link', async () => {
    const lead = await aLead(partner);
    const { invitationId } = await invited(partner, lead);
    clock.advance({ hours: 1 });
    const answers = await Promise.all([sendAgain(partner, invitationId), sendAgain(partner, invitationId)]);
    expect(answers.map((answer) => only(answer).invitation?.sendCount)).toEqual([2, 2]);
    await drain();
    expect(await tokensMailedTo(lead.email)).toHaveLength(2);
  });

  it('DEV-53, DEV-54: a lead deleted while it is invited leaves no link that opens', async () => {
    for (let i = 0; i < 5; i += 1) {
      const lead = await aLead(partner);
      const [inviting, deleting] = await Promise.all([
        inviteLeads(partner, [lead.leadId]),
        invoke(deleteLeads, { as: partner, body: { leadIds: [lead.leadId] } }),
      ]);
      expect(deleting.status).toBe(200);
      expect(['done', 'refused']).toContain(only(inviting).status);
      await drain();
      for (const token of await tokensMailedTo(lead.email))
        expect(await resolveToken(token, clock.now())).toBeUndefined();
    }
  });
});

describe('a death half way', () => {
  it.each(['before', 'after'] as const)('DEV-200: %s any write leaves one sending and one mail', async (when) => {
    for (let n = 1; n < 30; n += 1) {
      const lead = await aLead(partner);
      const fault = crashAtWrite(n, when);
      await inviteLeads(partner, [lead.leadId]);
      await drain();
      fault[Symbol.dispose]();
      await inviteLeads(partner, [lead.leadId]);
      await drain();
      await runSchedule(sendDueMessages, clock.advance({ minutes: 3 }));
      await drain();
      const sendings = (await publishedEvents('invitation.sent')).filter(({ detail }) => detail.leadId === lead.leadId);
      expect(sendings.map(({ detail }) => detail.sendCount)).toEqual([1]);
      expect(new Set(await tokensMailedTo(lead.email)).size).toBe(1);
      if (!fault.struck) return;
    }
    throw new Error('more writes than were looked for');
  });
});
