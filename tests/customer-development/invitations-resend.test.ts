import { beforeEach, describe, expect, it } from 'vitest';
import {
  type Invitation,
  invitationAssociatedWrites,
  invitationFailedWrites,
  loadInvitation,
  registeredWrites,
  resolveToken,
} from '#lib/customer-development/index.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { handler as deleteLeads } from '../../functions/customer-development/delete-preregistrations.ts';
import { handler as expire } from '../../functions/customer-development/expire-invitations.ts';
import { handler as getGeneral } from '../../functions/customer-development/get-general-link.ts';
import { handler as resend } from '../../functions/customer-development/resend-invitations.ts';
import { consumedBy } from '../support/capacity.ts';
import {
  aMember,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  runSchedule,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aLead, giveStanding, invited, inviteLeads, only, sendAgain, tokensMailedTo } from './inviting.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  partner = await aPartner();
});

const commit = (writes: Write[]) => asSystem(() => transact({ writes }));
const account = { accountId: 'acc_1', accountName: 'acme', customerId: 'cus_1' };
const failure = { code: 'OVERDUE', message: 'unpaid', advice: 'repay' };

async function row(invitationId: string): Promise<Invitation> {
  const found = await loadInvitation(invitationId);
  if (!found) throw new Error(`no invitation ${invitationId}`);
  return found;
}

describe('resend-invitations', () => {
  it('DEV-65, DEV-67: an expired row gets a new link of seven days; the lead still ends when it did', async () => {
    const lead = await aLead(partner);
    const { invitationId, token: first } = await invited(partner, lead);
    clock.set('2024-08-09T10:00:00+08:00');
    expect(only(await sendAgain(partner, invitationId)).invitation).toMatchObject({
      invitationId,
      status: 'invited',
      sendCount: 2,
      expiresAt: '2024-08-16T02:00:00.000Z',
    });
    await drain();
    const [, second = ''] = await tokensMailedTo(lead.email);
    expect(await resolveToken(first, clock.now())).toMatchObject({ current: false });
    expect(await resolveToken(second, clock.now())).toMatchObject({ current: true });
    clock.set('2024-08-16T09:00:00+08:00'); // the lead's fifteenth day is over (DEV-43)
    expect(only(await sendAgain(partner, invitationId))).toMatchObject({ code: 'PREREGISTRATION_NOT_ACTIVE' });
  });

  it('DEV-65: a failed one is sent again with nothing left of the account; claimed, ended and cancelled ones are not', async () => {
    const lead = await aLead(partner);
    const { invitationId } = await invited(partner, lead);
    clock.advance({ minutes: 5 });
    await commit(registeredWrites(await row(invitationId), account, clock.now()));
    expect(only(await sendAgain(partner, invitationId))).toMatchObject({ code: 'RESEND_NOT_SUPPORTED' });
    expect(only(await inviteLeads(partner, [lead.leadId]))).toMatchObject({ code: 'RESEND_NOT_SUPPORTED' });
    await commit(invitationFailedWrites(await row(invitationId), failure, clock.now()));
    expect(only(await sendAgain(partner, invitationId)).invitation).toMatchObject({
      status: 'invited',
      sendCount: 2,
      accountName: null,
      customerId: null,
      failure: null,
    });
    await commit(invitationAssociatedWrites(await row(invitationId), clock.now()));
    clock.advance({ minutes: 5 });
    expect(only(await sendAgain(partner, invitationId))).toMatchObject({ code: 'RESEND_NOT_SUPPORTED' });
    const other = await aLead(partner);
    const cancelled = await invited(partner, other);
    await invoke(deleteLeads, { as: partner, body: { leadIds: [other.leadId] } });
    expect(only(await sendAgain(partner, cancelled.invitationId))).toMatchObject({ code: 'RESEND_NOT_SUPPORTED' });
  });

  it('DEV-68: the row of a link cannot be sent', async () => {
    const { body } = await invoke(getGeneral, { as: partner });
    const found = await resolveToken(body.url.split('/').at(-1), clock.now());
    if (found?.kind !== 'link') throw new Error('no link');
    const [write] = registeredWrites(found.link, { ...account, accountId: partner.partnerId }, clock.now());
    if (!write || !('put' in write)) throw new Error('no row');
    await commit([write]);
    expect(only(await sendAgain(partner, String(write.put.invitationId)))).toMatchObject({
      code: 'RESEND_NOT_SUPPORTED',
    });
  });

  it('DEV-56, DEV-58, DEV-66: each row by itself; a model closed meanwhile is refused for its rows alone', async () => {
    await giveStanding(partner.partnerId, { grants: ['customer-development', 'referral-model'] });
    const leads = [await aLead(partner), await aLead(partner)] as const;
    const referral = only(await inviteLeads(partner, [leads[0].leadId], { associationType: 'referral' })).invitation;
    const reseller = only(await inviteLeads(partner, [leads[1].leadId])).invitation;
    clock.advance({ minutes: 5 });
    await giveStanding(partner.partnerId, { grants: ['customer-development'] });
    const ids = [referral.invitationId, reseller.invitationId, 'inv_nobody'];
    expect((await sendAgain(partner, ...ids)).body.results).toMatchObject([
      { id: ids[0], status: 'refused', code: 'ASSOCIATION_TYPE_NOT_ALLOWED' },
      { id: ids[1], status: 'done', invitation: { sendCount: 2, associationType: 'reseller' } },
      { id: ids[2], status: 'refused', code: 'INVITATION_NOT_FOUND' },
    ]);
    expect((await invoke(resend, { as: partner, body: { invitationIds: [] } })).status).toBe(400);
    const many = Array.from({ length: 101 }, (_, i) => `inv_${i}`);
    expect((await invoke(resend, { as: partner, body: { invitationIds: many } })).status).toBe(400);
  });

  it("DEV-01, DEV-22: nothing of another partner's, of another manager's, or without customer development", async () => {
    const { invitationId } = await invited(partner, await aLead(partner));
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    for (const as of [await aPartner(), manager])
      expect(only(await sendAgain(as, invitationId))).toMatchObject({ code: 'INVITATION_NOT_FOUND' });
    await giveStanding(partner.partnerId, { grants: [] });
    expect(await sendAgain(partner, invitationId)).toMatchObject({ body: { code: 'CUSTOMER_DEVELOPMENT_DISABLED' } });
  });
});

describe('expire-invitations', () => {
  const expiredEvents = async (invitationId: string) =>
    (await publishedEvents('invitation.expired')).filter(({ detail }) => detail.invitationId === invitationId);

  it('DEV-197: persists what ended by then, once, and tells of it, however late and often it runs', async () => {
    const { invitationId } = await invited(partner, await aLead(partner));
    await runSchedule(expire, '2024-08-08T08:59:59.999+08:00');
    expect(await row(invitationId)).toMatchObject({ status: 'invited', version: 1 });
    await Promise.all([
      runSchedule(expire, '2024-08-08T09:00:00+08:00'),
      runSchedule(expire, '2024-08-08T09:05:00+08:00'),
    ]);
    await runSchedule(expire, '2024-09-01T00:00:00+08:00');
    expect(await row(invitationId)).toMatchObject({ status: 'expired', version: 2 });
    expect((await expiredEvents(invitationId)).map(({ detail }) => detail)).toEqual([
      { invitationId, partnerId: partner.partnerId, sendCount: 1, expiredAt: '2024-08-08T01:00:00.000Z' },
    ]);
  });

  it('DEV-07, DEV-197: leaves alone what was claimed, cancelled or sent again', async () => {
    const [claimed, cancelled, again] = [await aLead(partner), await aLead(partner), await aLead(partner)];
    const ids = [];
    for (const lead of [claimed, cancelled, again]) ids.push((await invited(partner, lead)).invitationId);
    const [first = '', , third = ''] = ids;
    await commit(registeredWrites(await row(first), account, clock.now()));
    await invoke(deleteLeads, { as: partner, body: { leadIds: [cancelled.leadId] } });
    clock.set('2024-08-08T08:59:59+08:00');
    await sendAgain(partner, third);
    await runSchedule(expire, '2024-08-08T10:00:00+08:00');
    const statuses = (await Promise.all(ids.map(row))).map(({ status }) => status);
    expect(statuses).toEqual(['registered', 'cancelled', 'invited']);
    for (const id of ids) expect(await expiredEvents(id)).toEqual([]);
  });

  it('DEV-63, DEV-197: sent again in the moment of the sweep it is open', async () => {
    const { invitationId } = await invited(partner, await aLead(partner));
    clock.set('2024-08-08T09:00:00+08:00');
    await Promise.all([sendAgain(partner, invitationId), runSchedule(expire, clock.now())]);
    expect(await row(invitationId)).toMatchObject({ status: 'invited', sendCount: 2 });
  });

  it.each(['before', 'after'] as const)('DEV-197: dies %s any write and persists it in the next run', async (when) => {
    for (let n = 1; n < 20; n += 1) {
      const { invitationId } = await invited(partner, await aLead(partner));
      const fault = crashAtWrite(n, when);
      clock.advance({ days: 7 });
      await runSchedule(expire, clock.now()).catch(() => undefined);
      fault[Symbol.dispose]();
      await runSchedule(expire, clock.advance({ minutes: 5 }));
      expect(await row(invitationId)).toMatchObject({ status: 'expired', version: 2 });
      expect(await expiredEvents(invitationId)).toHaveLength(1);
      if (!fault.struck) return;
    }
    throw new Error('more writes than were looked for');
  });

  it('DEV-197: reads what is due and nothing else', async () => {
    const idle = async () => consumedBy(() => runSchedule(expire, '2024-08-01T09:00:00+08:00'));
    const before = await idle();
    for (let i = 0; i < 20; i += 1) await inviteLeads(partner, [(await aLead(partner)).leadId]);
    expect(await idle()).toEqual(before);
  });
});
