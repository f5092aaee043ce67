import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { customerDisassociated } from '#events/customers.ts';
import { endAssociationWrites, loadCustomer } from '#lib/customers/index.ts';
import { ACCOUNTS_PER_GROUP } from '#lib/groups/group.ts';
import { listMembersAtEnd, loadMembership, putMembership } from '#lib/groups/member-store.ts';
import { event } from '#lib/shared/outbox.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  drain,
  publishedEvents,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { accountsIn, aGroup, assigned, assignTo, code, moveTo, readGroup, treeOf, ungroupAccount } from './world.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  clock.set('2024-09-10T10:00:00+08:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  clock.advance({ minutes: 1 });
});

const idsIn = async (groupId: string): Promise<string[]> =>
  (await accountsIn(partner, groupId)).body.items.map(({ accountId }: { accountId: string }) => accountId);
const countOf = async (groupId: string): Promise<number> => (await readGroup(partner, groupId)).body.members;
const groupOf = async ({ customerId }: TestCustomer) => (await loadMembership(customerId))?.groupId;

describe('assign-to-group', () => {
  it("CUS-220, CUS-225, CUS-226: each account has its own result, a stranger's like one that does not exist", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const own = await aCustomer({ of: distributor });
    const resellers = await aCustomer({ of: reseller });
    const [groupId, other, partners] = [
      await aGroup(distributor),
      await aGroup(distributor),
      await aGroup(distributor, { kind: 'partner' }),
    ];
    const taken = await aCustomer({ of: distributor });
    await assigned(distributor, other, taken.customerId);
    const stranger = await aPartner({ of: await aPartner({ type: 'distributor' }) });
    const wish = [own, customer, resellers, taken].map(({ customerId }) => customerId);
    expect(
      await assigned(
        distributor,
        groupId,
        ...wish,
        reseller.partnerId,
        stranger.partnerId,
        groupId,
        'cus_nobody',
        ...wish,
      ),
    ).toEqual([
      'done',
      'CUSTOMER_NOT_FOUND',
      'GROUP_PARENT_MISMATCH',
      'ALREADY_GROUPED',
      'GROUP_KIND_MISMATCH',
      'CUSTOMER_NOT_FOUND',
      'CUSTOMER_NOT_FOUND', // CUS-221: a group is no account
      'CUSTOMER_NOT_FOUND',
    ]);
    expect(
      await assigned(distributor, partners, own.customerId, reseller.partnerId, distributor.partnerId, partners),
    ).toEqual(['GROUP_KIND_MISMATCH', 'done', 'PARTNER_NOT_FOUND', 'PARTNER_NOT_FOUND']); // CUS-221: no cycle
    const refused = (await tracesOf(distributor.partnerId, 'assign-to-group')).filter(
      ({ outcome }) => outcome === 'refused',
    );
    expect(refused).toHaveLength(10);
  });

  it('CUS-012: an operator groups tier-1 partners, and no resellers', async () => {
    const operator = await anOperator();
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const groupId = await aGroup(operator, { kind: 'partner' });
    const ids = [partner, reseller, distributor].map(({ partnerId }) => partnerId);
    expect(await assigned(operator, groupId, ...ids, customer.customerId)).toEqual([
      'done',
      'GROUP_PARENT_MISMATCH',
      'done',
      'GROUP_KIND_MISMATCH',
    ]);
    expect(await ungroupAccount(operator, partner.partnerId)).toMatchObject({ status: 200 });
    expect(code(await ungroupAccount(operator, customer.customerId))).toBe('GROUP_PARENT_MISMATCH');
    expect(code(await ungroupAccount(operator, 'par_nobody'))).toBe('PARTNER_NOT_FOUND');
  });

  it('CUS-225: 1 to 100 accounts, and another partner finds no such group', async () => {
    const groupId = await aGroup(partner);
    const many = Array.from({ length: 101 }, (_, i) => `cus_${i}`);
    expect(code(await assignTo(partner, groupId, []))).toBe('BATCH_SIZE');
    expect(code(await assignTo(partner, groupId, many))).toBe('BATCH_SIZE');
    expect(code(await assignTo(await aPartner(), groupId, [customer.customerId]))).toBe('GROUP_NOT_FOUND');
  });

  it('CUS-011: a director groups, moves and sees the customers of his team alone', async () => {
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const manager = await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId });
    const team = await aCustomer({ of: partner, accountManagerId: manager.memberId });
    const groupId = await aGroup(partner);
    const target = await aGroup(partner);
    expect(await assigned(director, groupId, team.customerId, customer.customerId)).toEqual([
      'done',
      'CUSTOMER_NOT_FOUND',
    ]);
    await assigned(partner, groupId, customer.customerId);
    expect((await accountsIn(director, groupId)).body.items).toMatchObject([{ accountId: team.customerId }]);
    expect(code(await moveTo(director, target, customer.customerId))).toBe('CUSTOMER_NOT_FOUND');
    expect(code(await ungroupAccount(director, customer.customerId))).toBe('CUSTOMER_NOT_FOUND');
    expect(await moveTo(director, target, team.customerId)).toMatchObject({ status: 200 });
  });

  it('CUS-226: two groups that claim one account at once: one has it', async () => {
    const groups = [await aGroup(partner), await aGroup(partner)];
    const outcomes = await Promise.all(groups.map((groupId) => assigned(partner, groupId, customer.customerId)));
    expect(outcomes.flat().sort()).toEqual(['ALREADY_GROUPED', 'done']);
    const counts = await Promise.all(groups.map(countOf));
    expect(counts.sort()).toEqual([0, 1]);
  });

  it('CUS-224: the 1,000th and the 1,001st account at once: one comes in', async () => {
    const groupId = await aGroup(partner);
    await fill(groupId, ACCOUNTS_PER_GROUP - 1);
    const second = await aCustomer({ of: partner });
    const outcomes = await Promise.all(
      [customer, second].map(({ customerId }) => assigned(partner, groupId, customerId)),
    );
    expect(outcomes.flat().sort()).toEqual(['GROUP_FULL', 'done']);
    expect(await countOf(groupId)).toBe(ACCOUNTS_PER_GROUP);
    expect(
      code(await moveTo(partner, groupId, (await groupOf(second)) ? second.customerId : customer.customerId)),
    ).toBe('SAME_GROUP');
    const elsewhere = await aGroup(partner);
    const outside = (await groupOf(second)) ? customer : second;
    await assigned(partner, elsewhere, outside.customerId);
    expect(code(await moveTo(partner, groupId, outside.customerId))).toBe('GROUP_FULL');
    expect(await groupOf(outside)).toBe(elsewhere);
  }, 60_000);

  it('CUS-225: a request that died half way is repeated without anything twice', async () => {
    const second = await aCustomer({ of: partner });
    const groupId = await aGroup(partner);
    const ids = [customer.customerId, second.customerId];
    {
      using _fault = crashAtWrite(2, 'after');
      await assignTo(partner, groupId, ids);
    }
    expect(await assigned(partner, groupId, ...ids)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^(done|ALREADY_GROUPED)$/)]),
    );
    expect(await countOf(groupId)).toBe(2);
    expect((await idsIn(groupId)).sort()).toEqual([...ids].sort());
  });

  it('CUS-222: the customer itself is not touched', async () => {
    const before = await loadCustomer(customer.customerId);
    const [groupId, target] = [await aGroup(partner), await aGroup(partner)];
    await assigned(partner, groupId, customer.customerId);
    await moveTo(partner, target, customer.customerId);
    await ungroupAccount(partner, customer.customerId);
    expect(await loadCustomer(customer.customerId)).toEqual(before);
  });
});

/** Members that came before, with the group's counter. */
async function fill(groupId: string, count: number): Promise<void> {
  await asSystem(async (now) => {
    for (let start = 0; start < count; start += 40) {
      const size = Math.min(40, count - start);
      const members = Array.from({ length: size }, () => ({
        accountId: `cus_${randomUUID()}`,
        groupId,
        kind: 'customer' as const,
        parentId: partner.partnerId,
        partnerId: partner.partnerId,
        joinedAt: now,
      }));
      const counter = {
        table: 'groups',
        update: { pk: `GROUP#${groupId}`, sk: 'GROUP' },
        set: 'ADD members :n',
        values: { ':n': size },
      } as const;
      await transact({ writes: [...members.flatMap(putMembership), counter] });
    }
  });
}

describe('move-to-group and ungroup-account', () => {
  it('CUS-227, CUS-229: in one step, with one event; not into the same group, not without one', async () => {
    const [from, to] = [await aGroup(partner), await aGroup(partner)];
    expect(code(await moveTo(partner, to, customer.customerId))).toBe('NOT_GROUPED');
    await assigned(partner, from, customer.customerId);
    clock.advance({ minutes: 1 });
    expect(await moveTo(partner, to, customer.customerId)).toMatchObject({
      status: 200,
      body: { groupId: to, joinedAt: clock.now(), leftAt: null },
    });
    expect([await idsIn(from), await idsIn(to)]).toEqual([[], [customer.customerId]]);
    expect([await countOf(from), await countOf(to)]).toEqual([0, 1]);
    expect(code(await moveTo(partner, to, customer.customerId))).toBe('SAME_GROUP');
    const moves = (await publishedEvents('group.membership-changed')).filter(
      ({ detail }) => detail.accountId === customer.customerId,
    );
    expect(moves.map(({ detail }) => [detail.fromGroupId, detail.toGroupId])).toEqual([
      [undefined, from],
      [from, to],
    ]);
  });

  it("CUS-227: not into another partner's group, and a stranger's account is not there", async () => {
    const stranger = await aPartner();
    const theirs = await aGroup(stranger);
    const own = await aGroup(partner);
    await assigned(partner, own, customer.customerId);
    expect(code(await moveTo(partner, theirs, customer.customerId))).toBe('GROUP_NOT_FOUND');
    expect(code(await moveTo(stranger, theirs, customer.customerId))).toBe('CUSTOMER_NOT_FOUND');
    expect(code(await ungroupAccount(stranger, customer.customerId))).toBe('CUSTOMER_NOT_FOUND');
    expect(await groupOf(customer)).toBe(own);
  });

  it("CUS-220: a distributor leaves the groups of its reseller's customers alone", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const theirs = await aCustomer({ of: reseller });
    const groupId = await aGroup(reseller);
    const own = await aGroup(distributor);
    expect(await assigned(reseller, groupId, theirs.customerId)).toEqual(['done']);
    expect(code(await ungroupAccount(distributor, theirs.customerId))).toBe('GROUP_PARENT_MISMATCH');
    expect(code(await moveTo(distributor, own, theirs.customerId))).toBe('GROUP_PARENT_MISMATCH');
  });

  it('CUS-227: two moves at once end in one group', async () => {
    const [from, a, b] = [await aGroup(partner), await aGroup(partner), await aGroup(partner)];
    await assigned(partner, from, customer.customerId);
    clock.advance({ seconds: 1 });
    await Promise.all([moveTo(partner, a, customer.customerId), moveTo(partner, b, customer.customerId)]);
    const counts = await Promise.all([from, a, b].map(countOf));
    expect(counts[0]).toBe(0);
    expect(counts.slice(1).sort()).toEqual([0, 1]);
    const present = await groupOf(customer);
    expect(await idsIn(String(present))).toEqual([customer.customerId]);
  });

  it('CUS-228, CUS-229: ungrouping needs a confirmation and a group', async () => {
    const groupId = await aGroup(partner);
    expect(code(await ungroupAccount(partner, customer.customerId))).toBe('NOT_GROUPED');
    await assigned(partner, groupId, customer.customerId);
    expect(await ungroupAccount(partner, customer.customerId, false)).toMatchObject({
      status: 422,
      body: { code: 'CONFIRMATION_REQUIRED' },
    });
    expect(await groupOf(customer)).toBe(groupId);
    expect(await ungroupAccount(partner, customer.customerId)).toMatchObject({ status: 200, body: { groupId } });
    expect(await countOf(groupId)).toBe(0);
    expect((await treeOf(partner)).body.accounts).toMatchObject([{ accountId: customer.customerId }]);
  });
});

describe('a membership is dated', () => {
  it('CUS-237: who comes or goes at 00:00 on the 1st does so in the new month', async () => {
    const [a, b] = [await aGroup(partner), await aGroup(partner)];
    await assigned(partner, a, customer.customerId);
    clock.set('2024-10-01T00:00:00+08:00');
    await moveTo(partner, b, customer.customerId);
    const membersOf = async (groupId: string, month: string) =>
      (await listMembersAtEnd(groupId, month as BillingMonth)).map(({ accountId }) => accountId);
    expect([await membersOf(a, '2024-08'), await membersOf(a, '2024-09'), await membersOf(a, '2024-10')]).toEqual([
      [],
      [customer.customerId],
      [],
    ]);
    expect([await membersOf(b, '2024-09'), await membersOf(b, '2024-10')]).toEqual([[], [customer.customerId]]);
  });
});

describe('the end of an association', () => {
  const end = () =>
    asSystem(async (now) => {
      const before = await loadCustomer(customer.customerId, { consistent: true });
      if (!before) throw new Error('no customer');
      const { writes, events } = endAssociationWrites(before, { recordId: 'rec', initiatedBy: 'partner' }, now);
      await transact({ writes, events });
      return { since: before.association?.since as Instant, endedAt: now };
    });

  it('CUS-231: takes the account out of its group, at the instant of the end', async () => {
    const groupId = await aGroup(partner);
    await assigned(partner, groupId, customer.customerId);
    clock.set('2024-09-30T23:59:59+08:00');
    const { endedAt } = await end();
    clock.set('2024-10-02T09:00:00+08:00'); // heard late
    await drain();
    expect(await groupOf(customer)).toBeUndefined();
    expect(await countOf(groupId)).toBe(0);
    expect(await listMembersAtEnd(groupId, '2024-09' as BillingMonth)).toEqual([]);
    const [left] = (await publishedEvents('group.membership-changed')).slice(-1);
    expect(left?.detail).toMatchObject({ fromGroupId: groupId, changedAt: endedAt });
  });

  it('CUS-231: heard twice and late it leaves a new membership alone', async () => {
    const [old, fresh] = [await aGroup(partner), await aGroup(partner)];
    await assigned(partner, old, customer.customerId);
    clock.advance({ hours: 1 });
    const { since, endedAt } = await end();
    await drain();
    clock.advance({ hours: 1 });
    const { associateCustomer } = await import('#lib/customers/index.ts');
    const wish = { partnerId: partner.partnerId, type: 'reseller' } as const;
    await asSystem((now) => associateCustomer(customer.customerId, wish, now));
    expect(await assigned(partner, fresh, customer.customerId)).toEqual(['done']);
    const detail = {
      customerId: customer.customerId,
      accountName: customer.accountName,
      partnerId: partner.partnerId,
      type: 'reseller' as const,
      since,
      endedAt,
      recordId: 'rec',
      initiatedBy: 'partner' as const,
    };
    await asSystem((now) => transact({ writes: [], events: [event(customerDisassociated, detail, now)] }));
    await drain();
    expect(await groupOf(customer)).toBe(fresh);
    expect([await countOf(old), await countOf(fresh)]).toEqual([0, 1]);
  });

  it('CUS-226, CUS-231: who has a new partner already can be grouped there before the end was heard of', async () => {
    const groupId = await aGroup(partner);
    await assigned(partner, groupId, customer.customerId);
    clock.advance({ hours: 1 });
    await end();
    const next = await aPartner();
    const { associateCustomer } = await import('#lib/customers/index.ts');
    const wish = { partnerId: next.partnerId, type: 'reseller' } as const;
    await asSystem((now) => associateCustomer(customer.customerId, wish, now));
    const theirs = await aGroup(next);
    expect(await assigned(next, theirs, customer.customerId)).toEqual(['done']);
    expect(code(await ungroupAccount(partner, customer.customerId))).toBe('CUSTOMER_NOT_FOUND');
    await drain();
    expect(await groupOf(customer)).toBe(theirs);
    expect(await countOf(groupId)).toBe(0);
  });

  it('CUS-220: at the same instant as an assignment nothing of a former customer stays grouped', async () => {
    const groupId = await aGroup(partner);
    clock.advance({ hours: 1 });
    await Promise.all([assigned(partner, groupId, customer.customerId), end()]);
    await drain();
    expect(await groupOf(customer)).toBeUndefined();
    expect(await countOf(groupId)).toBe(0);
  });
});

describe('get-account-tree', () => {
  it('CUS-230, CUS-232: groups first, then ungrouped accounts, page by page, nothing twice and nothing left out', async () => {
    const others = await Promise.all(Array.from({ length: 3 }, () => aCustomer({ of: partner })));
    const groups = [await aGroup(partner, { name: 'b' }), await aGroup(partner, { name: 'A' })];
    await assigned(partner, String(groups[0]), customer.customerId);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await treeOf(partner, { limit: 2, ...(cursor ? { cursor } : {}) });
      expect(body.parent).toEqual({ parentId: partner.partnerId, name: partner.partner.companyName });
      seen.push(...body.groups.map(({ name, members }: { name: string; members: number }) => `${name} ${members}`));
      seen.push(...body.accounts.map(({ accountId }: { accountId: string }) => accountId));
      cursor = body.nextCursor;
    } while (cursor);
    expect(seen.slice(0, 2)).toEqual(['A 0', 'b 1']);
    expect(seen.slice(2).sort()).toEqual(others.map(({ customerId }) => customerId).sort());
  });

  it('CUS-012, CUS-013, CUS-232: resellers for the Admin of a distributor, partners for an operator', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const director = await aMember({ of: distributor, roles: ['account-director'] });
    const [reseller, loose] = [await aPartner({ of: distributor }), await aPartner({ of: distributor })];
    const groupId = await aGroup(distributor, { kind: 'partner' });
    await assigned(distributor, groupId, reseller.partnerId);
    expect((await treeOf(distributor, { kind: 'partner' })).body).toMatchObject({
      groups: [{ groupId, members: 1 }],
      accounts: [{ accountId: loose.partnerId }],
    });
    expect(code(await treeOf(director, { kind: 'partner' }))).toBe('PERMISSION_DENIED');
    const operator = await anOperator();
    expect((await treeOf(operator, { kind: 'partner', partnerId: distributor.partnerId })).body.groups).toHaveLength(1);
    expect((await treeOf(operator)).body).toMatchObject({ parent: { parentId: 'platform' }, kind: 'partner' });
    expect((await treeOf(operator, { kind: 'customer', partnerId: partner.partnerId })).body.accounts).toMatchObject([
      { accountId: customer.customerId },
    ]);
    expect(code(await treeOf(partner, { cursor: 'made.up' }))).toBe('CURSOR_INVALID');
  });
});
