import { beforeEach, describe, expect, it } from 'vitest';
import {
  type InvitationLink,
  invitationFailedWrites,
  loadInvitation,
  registeredWrites,
} from '#lib/customer-development/index.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { handler as listInvited } from '../../functions/customer-development/list-invited-customers.ts';
import { handler as reveal } from '../../functions/customer-development/reveal-invitation-field.ts';
import {
  aMember,
  aPartner,
  asSystem,
  type Caller,
  clock,
  invoke,
  type TestMember,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { aLead, inviteLeads, only } from './inviting.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  clock.set('2024-08-01T09:00:00+08:00');
  partner = await aPartner();
});

const list = (as: Caller, query = {}) => invoke(listInvited, { as, query });
const commit = (writes: Write[]) => asSystem(() => transact({ writes }));

/** An invited lead, a minute after the one before. */
async function anInvitation(as: Caller, customerName: string, email?: string): Promise<string> {
  clock.advance({ minutes: 1 });
  const lead = await aLead(as, { customerName, email });
  return only(await inviteLeads(as, [lead.leadId])).invitation.invitationId;
}

/** Somebody who registered through a link of a partner. */
async function aRegistration(of: TestPartner, accountName: string, more: Partial<InvitationLink> = {}): Promise<void> {
  clock.advance({ minutes: 1 });
  const link: InvitationLink = {
    linkId: `lnk_${of.partnerId}_${accountName}`,
    partnerId: of.partnerId,
    ownerMemberId: 'mem_owner',
    kind: 'general',
    associationType: 'reseller',
    ...more,
  };
  const account = { accountId: `acc_${accountName}`, accountName, customerId: `cus_${accountName}` };
  await commit(registeredWrites(link, account, clock.now()));
}

const fields = async (field: string, as: Caller, query = {}) =>
  (await list(as, query)).body.items.map((each: Record<string, unknown>) => each[field]);

describe('list-invited-customers', () => {
  it('DEV-189, DEV-190, DEV-191: newest first, names and addresses masked, account names clear', async () => {
    const invitationId = await anInvitation(partner, 'Walter', '409712@qq.com');
    await aRegistration(partner, 'acme_sg', { kind: 'custom', customTag: 'fair' });
    const { status, body } = await list(partner);
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { method: 'custom-link', status: 'registered', accountName: 'acme_sg', customTag: 'fair', email: null },
      { invitationId, method: 'email', status: 'invited', customerName: 'W****r', email: '4097****@qq.com' },
    ]);
    expect(body.nextCursor).toBeUndefined();
    expect(JSON.stringify(body)).not.toContain('Walter');
    expect((await list(await aPartner())).body.items).toEqual([]);
  });

  it('DEV-191: a row that failed says why and what to do', async () => {
    const invitationId = await anInvitation(partner, 'Acme');
    const row = await loadInvitation(invitationId);
    if (!row) throw new Error('no row');
    const failure = { code: 'OVERDUE', message: 'There are unpaid bills.', advice: 'Top up and repay.' };
    await commit(invitationFailedWrites(row, failure, clock.now()));
    expect((await list(partner, { status: 'association-failed' })).body.items).toMatchObject([
      { invitationId, status: 'association-failed', failure },
    ]);
  });

  it('DEV-07, DEV-191: reads Expired from the instant on, without any sweep', async () => {
    await anInvitation(partner, 'Acme');
    clock.set('2024-08-08T09:00:59.999+08:00');
    expect(await fields('status', partner)).toEqual(['invited']);
    expect(await fields('status', partner, { status: 'expired' })).toEqual([]);
    clock.set('2024-08-08T09:01:00+08:00');
    expect(await fields('status', partner, { status: 'expired' })).toEqual(['expired']);
    expect(await fields('status', partner, { status: 'invited' })).toEqual([]);
  });

  it('DEV-191, DEV-215: the six search fields, alone and together', async () => {
    await anInvitation(partner, 'Acme Trading', 'first@acme.example');
    await anInvitation(partner, 'Beta', 'second@beta.example');
    await aRegistration(partner, 'acme_sg', { customTag: 'Fair-1' });
    const named = async (query: object) => (await list(partner, query)).body.items.length;
    expect(await named({ customerName: 'TRADING' })).toBe(1);
    expect(await named({ accountName: 'me_s' })).toBe(1);
    expect(await named({ customTag: 'fair' })).toBe(1);
    expect(await named({ email: '.example' })).toBe(2);
    expect(await named({ method: 'general-link' })).toBe(1);
    expect(await named({ status: 'registered' })).toBe(1);
    expect(await named({ status: 'invited', email: 'BETA' })).toBe(1);
    expect(await named({ status: 'registered', email: 'beta' })).toBe(0);
  });

  it('DEV-215: sorts by each of the six, either way; pages follow without gap or repeat', async () => {
    await anInvitation(partner, 'bravo', 'c@x.example');
    await anInvitation(partner, 'Alpha', 'a@x.example');
    await anInvitation(partner, 'charlie', 'B@x.example');
    await aRegistration(partner, 'zulu', { customTag: 'b' });
    await aRegistration(partner, 'Yankee', { customTag: 'A', kind: 'promotional' });
    const clear = async (query: object) => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await list(partner, { ...query, limit: 2, ...(cursor ? { cursor } : {}) });
        expect(body.items.length).toBeLessThanOrEqual(2);
        for (const row of body.items) seen.push((await loadInvitation(row.invitationId))?.email ?? row.accountName);
        cursor = body.nextCursor;
      } while (cursor);
      expect(new Set(seen).size).toBe(5);
      return seen;
    };
    const [alpha, bravo, charlie] = ['a@x.example', 'c@x.example', 'b@x.example'];
    expect(await clear({})).toEqual(['Yankee', 'zulu', charlie, alpha, bravo]);
    expect(await clear({ order: 'ascending' })).toEqual([bravo, alpha, charlie, 'zulu', 'Yankee']);
    expect((await clear({ sort: 'customerName' })).slice(2)).toEqual([alpha, bravo, charlie]);
    expect((await clear({ sort: 'customerName', order: 'descending' })).slice(0, 3)).toEqual([charlie, bravo, alpha]);
    expect((await clear({ sort: 'email' })).slice(2)).toEqual([alpha, charlie, bravo]);
    expect((await clear({ sort: 'accountName' })).slice(3)).toEqual(['Yankee', 'zulu']);
    expect((await clear({ sort: 'customTag', order: 'descending' })).slice(0, 2)).toEqual(['zulu', 'Yankee']);
    expect(await clear({ sort: 'method' })).toEqual([charlie, alpha, bravo, 'zulu', 'Yankee']);
    expect(await clear({ sort: 'status', order: 'descending' })).toEqual(['Yankee', 'zulu', charlie, alpha, bravo]);
  });

  it('DEV-194: a full last page has no cursor; a cursor of another search is refused', async () => {
    for (const name of ['a', 'b', 'c']) await anInvitation(partner, name);
    const first = await list(partner, { limit: 3 });
    expect(first.body.items).toHaveLength(3);
    expect(first.body.nextCursor).toBeUndefined();
    const { nextCursor } = (await list(partner, { limit: 2 })).body;
    expect(await list(partner, { limit: 2, cursor: nextCursor, status: 'invited' })).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    });
    for (const query of [{ limit: 101 }, { limit: 0 }, { method: 'pigeon' }, { sort: 'age' }, { customerName: '' }])
      expect((await list(partner, query)).status, JSON.stringify(query)).toBe(400);
  });

  it("DEV-01, DEV-02: an account manager sees its own, a director its team's, an Admin all", async () => {
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const [inTeam, alone] = [
      await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId }),
      await aMember({ of: partner, roles: ['account-manager'] }),
    ];
    const byName = new Map<string, TestMember>([
      ['director', director],
      ['team', inTeam],
      ['alone', alone],
    ]);
    for (const [name, member] of byName) await anInvitation(member, name);
    await anInvitation(partner, 'owner');
    expect(await fields('customerName', alone)).toEqual(['a****e']);
    expect(await fields('customerName', inTeam)).toEqual(['t****m']);
    expect(await fields('customerName', director)).toEqual(['t****m', 'd****r']);
    expect(await fields('customerName', partner)).toHaveLength(4);
  });
});

describe('reveal-invitation-field', () => {
  const revealed = (as: Caller, invitationIds: readonly string[], field = 'email') =>
    invoke(reveal, { as, body: { invitationIds, field } });

  it('DEV-189, DEV-190: shows one column in clear and leaves a trace of whose', async () => {
    const invitationId = await anInvitation(partner, 'Walter', 'walter@acme.example');
    expect((await revealed(partner, [invitationId])).body).toEqual({
      field: 'email',
      items: [{ invitationId, value: 'walter@acme.example' }],
    });
    expect((await revealed(partner, [invitationId], 'customerName')).body.items[0].value).toBe('Walter');
    const [, trace] = await tracesOf(partner.partnerId, 'reveal-invitation-field');
    expect(trace).toMatchObject({ outcome: 'done', after: { field: 'customerName', invitationIds: [invitationId] } });
  });

  it('DEV-01: nothing of a row that the member does not see', async () => {
    const [mine, theirs] = [await anInvitation(partner, 'Mine'), await anInvitation(await aPartner(), 'Theirs')];
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    for (const [as, ids] of [
      [partner, [mine, theirs]],
      [manager, [mine]],
      [partner, ['inv_nobody']],
    ] as const)
      expect(await revealed(as, ids)).toMatchObject({ status: 404, body: { code: 'INVITATION_NOT_FOUND' } });
  });
});
