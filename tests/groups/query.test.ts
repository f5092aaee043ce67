import { describe, expect, it } from 'vitest';
import { handler as exportCustomers } from '../../functions/customers/export-customers.ts';
import { handler as getExport } from '../../functions/customers/get-customer-export.ts';
import { handler as listCustomers } from '../../functions/customers/query-customers.ts';
import { consume } from '../budgets/story.ts';
import {
  type Answer,
  aCustomer,
  aMember,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aGroup, assigned, moveTo, ungroupAccount } from './world.ts';

useStack();

type Query = Readonly<Record<string, string | number>>;
const list = (as: Caller, query: Query = {}): Promise<Answer> => invoke(listCustomers, { as, query });
const idsIn = ({ body }: Answer): string[] => body.items.map((item: { customerId: string }) => item.customerId);
const groupsIn = ({ body }: Answer): unknown[] =>
  body.items.map(({ groupId, groupName }: { groupId: string; groupName: string }) => [groupId, groupName]);

/** Customers a minute apart; the names make them easy to tell. */
async function someCustomers(of: TestPartner, count: number): Promise<TestCustomer[]> {
  const customers: TestCustomer[] = [];
  for (let i = 0; i < count; i += 1) {
    clock.advance({ minutes: 1 });
    customers.push(await aCustomer({ of }));
  }
  return customers;
}

const idsOf = (...customers: (TestCustomer | undefined)[]) => customers.map((each) => each?.customerId ?? '');

describe('query-customers by group', () => {
  it('CUS-230: each row names its group, and a group is listed by itself', async () => {
    const partner = await aPartner();
    const [first, second, third] = await someCustomers(partner, 3);
    const [east, west] = [await aGroup(partner, { name: 'East' }), await aGroup(partner, { name: 'West' })];
    await assigned(partner, east, ...idsOf(third, first));
    await assigned(partner, west, ...idsOf(second));
    expect(groupsIn(await list(partner))).toEqual([
      [east, 'East'],
      [west, 'West'],
      [east, 'East'],
    ]);
    expect(idsIn(await list(partner, { groupId: east }))).toEqual(idsOf(third, first));
    expect(idsIn(await list(partner, { groupId: east, order: 'ascending' }))).toEqual(idsOf(first, third));
    expect(idsIn(await list(partner, { groupId: east, freezeLevel: 'none' }))).toEqual([]);
    // what moves or leaves is found where it is
    await moveTo(partner, west, first?.customerId ?? '');
    await ungroupAccount(partner, third?.customerId ?? '');
    expect(idsIn(await list(partner, { groupId: west }))).toEqual(idsOf(second, first));
    expect(groupsIn(await list(partner))).toEqual([
      [null, null],
      [west, 'West'],
      [west, 'West'],
    ]);
  });

  it('CUS-230, CUS-246: pages of a group, by time and by expenditure, give each customer once', async () => {
    clock.set('2024-08-05T10:00:00+08:00');
    const partner = await aPartner();
    const [first, second, third, other] = await someCustomers(partner, 4);
    const group = await aGroup(partner);
    await assigned(partner, group, ...idsOf(first, second, third));
    clock.set('2024-08-08T10:00:00+08:00');
    await consume(second as TestCustomer, '5.00');
    await consume(third as TestCustomer, '7.00');
    await consume(other as TestCustomer, '9.00');
    await drain();
    const all = async (query: Query) => {
      const ids: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await list(partner, { groupId: group, limit: 1, ...query, ...(cursor ? { cursor } : {}) });
        expect(page.status).toBe(200);
        ids.push(...idsIn(page));
        cursor = page.body.nextCursor;
      } while (cursor);
      return ids;
    };
    expect(await all({})).toEqual(idsOf(third, second, first));
    expect(await all({ sort: 'month-to-date' })).toEqual(idsOf(third, second, first));
    expect(await all({ sort: 'month-to-date', order: 'ascending' })).toEqual(idsOf(first, second, third));
  });

  it('CUS-012, CUS-055: a group that the caller may not know of is not found, nor named', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const [customer] = await someCustomers(reseller, 1);
    const group = await aGroup(reseller);
    await assigned(reseller, group, ...idsOf(customer));
    const finance = await aMember({ of: reseller, roles: ['finance-specialist'] });
    expect(groupsIn(await list(distributor, { scope: 'resellers' }))).toEqual([[null, null]]);
    expect(groupsIn(await list(finance))).toEqual([[null, null]]);
    for (const as of [distributor, finance, await aPartner()])
      expect(await list(as, { groupId: group })).toMatchObject({ status: 404, body: { code: 'GROUP_NOT_FOUND' } });
    expect(await list(reseller, { groupId: 'grp_unknown' })).toMatchObject({ status: 404 });
  });

  it('CUS-230, ORG-15: a director lists those of a group that are his team’s', async () => {
    const partner = await aPartner();
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const manager = await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId });
    const mine = await aCustomer({ of: partner, accountManagerId: manager.memberId });
    const [other] = await someCustomers(partner, 1);
    const group = await aGroup(partner);
    await assigned(partner, group, mine.customerId, ...idsOf(other));
    expect(idsIn(await list(director, { groupId: group }))).toEqual([mine.customerId]);
  });

  it('CUS-230, CUS-249: a group is exported by itself, a stranger’s is not found', async () => {
    const partner = await aPartner();
    const [inside] = await someCustomers(partner, 2);
    const group = await aGroup(partner);
    await assigned(partner, group, ...idsOf(inside));
    const start = (groupId: string, as: Caller = partner) =>
      invoke(exportCustomers, { as, body: { filter: { groupId } } });
    expect(await start(group, await aPartner())).toMatchObject({ status: 404, body: { code: 'GROUP_NOT_FOUND' } });
    const { status, body } = await start(group);
    expect(status).toBe(202);
    await drain();
    const job = await invoke(getExport, { as: partner, path: { jobId: body.jobId } });
    expect(job.body).toMatchObject({ status: 'completed', files: [{ rows: 1 }] });
  });
});
