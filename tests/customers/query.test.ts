import { describe, expect, it } from 'vitest';
import { handler as listCustomers } from '../../functions/customers/query-customers.ts';
import { at, authorize, consume, freezeWithResources, giveBudget, setMonthly, setOneTime } from '../budgets/story.ts';
import { accept, process } from '../customer-alerts/alerts.ts';
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

useStack();

type Query = Readonly<Record<string, string | number>>;
const list = (as: Caller, query: Query = {}): Promise<Answer> => invoke(listCustomers, { as, query });
const idsIn = ({ body }: Answer): string[] => body.items.map((item: { customerId: string }) => item.customerId);
const idsOf = (customers: readonly TestCustomer[]): string[] => customers.map(({ customerId }) => customerId);

/** All pages of a list, one after the other. */
async function all(as: Caller, query: Query): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(as, { ...query, ...(cursor ? { cursor } : {}) });
    expect(page.status).toBe(200);
    ids.push(...idsIn(page));
    cursor = page.body.nextCursor;
  } while (cursor);
  return ids;
}

async function someCustomers(of: TestPartner, count: number): Promise<TestCustomer[]> {
  const customers: TestCustomer[] = [];
  for (let i = 0; i < count; i += 1) {
    clock.advance({ minutes: 1 });
    customers.push(await aCustomer({ of }));
  }
  return customers;
}

describe('filters', () => {
  it('CUS-240, CUS-247: freeze status, type, time of association and names narrow together', async () => {
    at('2024-08-05T10:00');
    const partner = await aPartner();
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const early = await aCustomer({ of: partner, accountName: 'Atlas-East' });
    at('2024-08-06T10:00');
    const late = await aCustomer({ of: partner, accountName: 'ATLAS-west', accountManagerId: manager.memberId });
    at('2024-08-07T10:00');
    const referred = await aCustomer({ of: partner, accountName: 'borealis', type: 'referral' });
    const found = async (query: Query) => idsIn(await list(partner, query));

    expect(await found({ freezeLevel: 'account' })).toEqual(idsOf([late, early]));
    expect(await found({ freezeLevel: 'none' })).toEqual(idsOf([referred]));
    expect(await found({ associationType: 'referral' })).toEqual(idsOf([referred]));
    expect(await found({ customerName: 'tLaS' })).toEqual(idsOf([late, early]));
    expect(await found({ customerName: 'carla' })).toHaveLength(3);
    expect(await found({ customerName: 'atlas', freezeLevel: 'none' })).toEqual([]);
    expect(await found({ accountManagerName: 'mia MEM' })).toEqual(idsOf([late]));
    expect(await found({ accountManagerName: 'carla' })).toEqual([]);
    expect(await found({ mobileNumber: '51123' })).toHaveLength(3);
    expect(await found({ mobileNumber: '99999' })).toEqual([]);
    // both ends belong to the range
    expect(await found({ associatedFrom: '2024-08-06T10:00:00+08:00' })).toEqual(idsOf([referred, late]));
    expect(await found({ associatedTo: '2024-08-06T10:00:00+08:00' })).toEqual(idsOf([late, early]));
    expect(await found({ associatedTo: '2024-08-06T09:59:59.999+08:00' })).toEqual(idsOf([early]));
    expect(
      await found({ associatedFrom: '2024-08-06T10:00:00.001+08:00', associatedTo: '2024-08-07T09:59:59+08:00' }),
    ).toEqual([]);
    expect(
      await found({ associatedFrom: '2024-08-07T10:00:00+08:00', associatedTo: '2024-08-05T10:00:00+08:00' }),
    ).toEqual([]);
    expect(await list(partner, { associatedFrom: 'yesterday', freezeLevel: 'cold' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: 'query/freezeLevel' }, { pointer: 'query/associatedFrom' }] },
    });
  });

  it('CUS-240, CUS-248: expenditure of this month, both ends included; a referral customer lies in no range', async () => {
    at('2024-08-05T10:00');
    const partner = await aPartner();
    const [some, none] = await someCustomers(partner, 2);
    await aCustomer({ of: partner, type: 'referral' });
    at('2024-08-08T10:00');
    await consume(some as TestCustomer, '12.5');
    const found = async (query: Query) => idsIn(await list(partner, query));
    expect(await found({ monthToDateFrom: '12.50', monthToDateTo: '12.5' })).toEqual([some?.customerId]);
    expect(await found({ monthToDateFrom: '12.500000000001' })).toEqual([]);
    expect(await found({ monthToDateTo: '12.499999999999' })).toEqual([none?.customerId]);
    // CUS-252: the month reads as 0 from its first instant on
    at('2024-09-01T00:00');
    expect(await found({ monthToDateFrom: '0.00', monthToDateTo: '0' })).toEqual([none?.customerId, some?.customerId]);
  });

  it('CUS-241, CUS-053: resellers by name and authorization; each row says whether its reseller is authorized', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const trusted = await aPartner({ of: distributor, companyName: 'Trusted Trade' });
    const other = await aPartner({ of: distributor, companyName: 'Other Ltd' });
    await authorize(distributor, trusted.partnerId, '100.00');
    const [ofTrusted] = await someCustomers(trusted, 1);
    const [ofOther] = await someCustomers(other, 1);
    const found = async (query: Query) => (await list(distributor, { scope: 'resellers', ...query })).body.items;
    expect(await found({})).toMatchObject([
      { customerId: ofOther?.customerId, controlAuthorized: false, resellerName: 'Other Ltd' },
      { customerId: ofTrusted?.customerId, controlAuthorized: true, resellerName: 'Trusted Trade' },
    ]);
    expect(await found({ resellerName: 'trade' })).toMatchObject([{ customerId: ofTrusted?.customerId }]);
    expect(await found({ resellerAuthorized: 'no' })).toMatchObject([{ customerId: ofOther?.customerId }]);
    expect(idsIn(await list(distributor, { resellerAuthorized: 'no' }))).toEqual([]);
  });

  it('CUS-246: a rare match costs several bounded calls, and none is missed', async () => {
    const partner = await aPartner();
    const customers = await someCustomers(partner, 3);
    await freezeWithResources(partner, [customers[0] as TestCustomer]);
    expect(await all(partner, { freezeLevel: 'account-and-resources', limit: 1 })).toEqual([customers[0]?.customerId]);
    expect(await all(partner, { freezeLevel: 'account', limit: 1 })).toEqual(idsOf(customers.slice(1)).reverse());
  });

  it('CUS-246: a cursor belongs to its filters', async () => {
    const partner = await aPartner();
    await someCustomers(partner, 2);
    const { body } = await list(partner, { limit: 1 });
    const others: Query[] = [{ customerName: 'carla' }, { sort: 'month-to-date' }, { order: 'ascending' }];
    for (const more of others)
      expect(await list(partner, { limit: 1, cursor: body.nextCursor, ...more })).toMatchObject({
        status: 400,
        body: { code: 'CURSOR_INVALID' },
      });
  });
});

describe('columns', () => {
  it('CUS-248: the column of the other budget type is null, and usage while the amount is 0', async () => {
    at('2024-08-05T10:00');
    const partner = await aPartner();
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const customer = await aCustomer({ of: partner, accountManagerId: manager.memberId });
    const row = async () => (await list(partner)).body.items[0];
    expect(await row()).toMatchObject({
      monthlyBudget: '0.00',
      oneTimeBudget: null,
      budgetUsage: null,
      budgetUsagePercent: null,
      automaticallyFrozen: false,
      monthToDateExpenditure: '0.00000000',
      accountManagerName: 'M***r',
      controlAuthorized: null,
      availableCredit: null,
    });
    at('2024-08-08T10:00');
    await setMonthly(partner, customer, '100.00', { exhaustionMode: 'automatic' });
    await consume(customer, '33.33999');
    expect(await row()).toMatchObject({
      monthlyBudget: '100.00',
      oneTimeBudget: null,
      budgetUsage: '33.33999000',
      budgetUsagePercent: '33.33',
      automaticallyFrozen: true,
      monthToDateExpenditure: '33.33999000',
    });
    await setOneTime(partner, customer, '50.00');
    at('2024-09-02T10:00');
    await consume(customer, '1.00');
    expect(await row()).toMatchObject({
      monthlyBudget: null,
      oneTimeBudget: '50.00',
      budgetUsage: '34.33999000',
      budgetUsagePercent: '68.67',
      monthToDateExpenditure: '1.00000000',
    });
  });

  it('CUS-015, CUS-248: a referral customer has no budget, no usage and no mode', async () => {
    const partner = await aPartner();
    await aCustomer({ of: partner, type: 'referral' });
    expect((await list(partner)).body.items).toMatchObject([
      {
        monthlyBudget: null,
        oneTimeBudget: null,
        budgetUsage: null,
        budgetUsagePercent: null,
        automaticallyFrozen: null,
        monthToDateExpenditure: null,
      },
    ]);
  });
});

describe('alerts to be handled', () => {
  it('CUS-240, CUS-208: open churn alerts of each customer, 0 without any; none of them is a budget alert', async () => {
    at('2024-08-05T10:00');
    const partner = await aPartner();
    const [first, second] = await someCustomers(partner, 2);
    for (const scenario of ['order-cancelled', 'usage-fall']) await accept(first as TestCustomer, scenario);
    at('2024-08-08T10:00');
    await giveBudget(partner, second as TestCustomer, '10.00');
    await consume(second as TestCustomer, '10.00');
    await drain();
    expect((await list(partner)).body.items).toMatchObject([
      { customerId: second?.customerId, alertsToBeHandled: 0 },
      { customerId: first?.customerId, alertsToBeHandled: 2 },
    ]);
  });

  it('CUS-241, CUS-242: distributor and reseller see those of a reseller customer; finance sees none', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const customer = await aCustomer({ of: reseller });
    const { body: alert } = await accept(customer);
    const shown = async (as: Caller, query: Query = {}) => (await list(as, query)).body.items[0].alertsToBeHandled;
    expect(await shown(distributor, { scope: 'resellers' })).toBe(1);
    expect(await shown(reseller)).toBe(1);
    expect(await shown(await aMember({ of: reseller, roles: ['finance-specialist'] }))).toBeNull();
    expect(await process(reseller, alert)).toMatchObject({ status: 200 });
    expect(await shown(reseller)).toBe(0);
  });
});

describe('order', () => {
  it('CUS-246: a customer associated meanwhile moves no page, in either order', async () => {
    const partner = await aPartner();
    const customers = await someCustomers(partner, 4);
    for (const [order, expected] of [
      ['descending', idsOf(customers).reverse()],
      ['ascending', idsOf(customers)],
    ] as const) {
      const first = await list(partner, { limit: 2, order });
      await someCustomers(partner, 1);
      const second = await list(partner, { limit: 2, order, cursor: first.body.nextCursor });
      expect([...idsIn(first), ...idsIn(second)]).toEqual(expected);
    }
  });

  it('CUS-246: by expenditure of the month, ties by id, those without at the end; the month turn starts anew', async () => {
    at('2024-08-05T10:00');
    const partner = await aPartner();
    const [a, b, c, d, e] = (await someCustomers(partner, 5)) as [TestCustomer, ...TestCustomer[]];
    at('2024-08-08T10:00');
    for (const [customer, amount] of [
      [a, '9.00'],
      [b, '100.00'],
      [d, '9.00'],
    ] as const)
      await consume(customer as TestCustomer, amount);
    await drain();
    const tied = [a, d].map((customer) => customer?.customerId ?? '').sort();
    const rest = [e?.customerId, c?.customerId];
    for (const limit of [1, 2, 3, 50]) {
      expect(await all(partner, { sort: 'month-to-date', limit })).toEqual([
        b?.customerId,
        ...tied.toReversed(),
        ...rest,
      ]);
      expect(await all(partner, { sort: 'month-to-date', order: 'ascending', limit })).toEqual([
        ...rest,
        ...tied,
        b?.customerId,
      ]);
    }
    // more usage moves up, and one that had none joins
    await consume(c as TestCustomer, '200.00');
    await consume(a, '100.00');
    await drain();
    expect(await all(partner, { sort: 'month-to-date', limit: 2 })).toEqual(
      [c, a, b, d, e].map((customer) => customer?.customerId),
    );
    at('2024-09-01T00:00');
    expect(await all(partner, { sort: 'month-to-date' })).toEqual(
      [e, d, c, b, a].map((customer) => customer?.customerId),
    );
  });

  it('CUS-246: by budget usage, monthly and one-time budgets in one order; an amount changes it at once', async () => {
    at('2024-08-05T10:00');
    const partner = await aPartner();
    const [monthly, oneTime, unset] = (await someCustomers(partner, 3)) as [TestCustomer, TestCustomer, TestCustomer];
    at('2024-08-08T10:00');
    await giveBudget(partner, monthly, '100.00');
    await setOneTime(partner, oneTime, '10.00');
    for (const [customer, amount] of [
      [monthly, '50.00'],
      [oneTime, '6.00'],
      [unset, '500.00'],
    ] as const)
      await consume(customer, amount);
    await drain();
    const order = () => all(partner, { sort: 'budget-usage', limit: 1 });
    expect(await order()).toEqual(idsOf([oneTime, monthly, unset]));
    await setOneTime(partner, oneTime, '20.00');
    await drain();
    expect(await order()).toEqual(idsOf([monthly, oneTime, unset]));
    // the monthly one is whole again, the one-time one is not
    at('2024-09-01T00:00');
    expect(await order()).toEqual(idsOf([oneTime, unset, monthly]));
  });

  it('CUS-048, CUS-246: a distributor ranks own and resellers apart, the reseller its own', async () => {
    at('2024-08-05T10:00');
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const own = await someCustomers(distributor, 2);
    const resold = await someCustomers(reseller, 2);
    at('2024-08-08T10:00');
    for (const [i, customer] of [...own, ...resold].entries()) await consume(customer, `${10 - i}.00`);
    await drain();
    const sort = 'month-to-date';
    expect(await all(distributor, { sort, limit: 1 })).toEqual(idsOf(own));
    expect(await all(distributor, { sort, scope: 'resellers', limit: 1 })).toEqual(idsOf(resold));
    expect(await all(reseller, { sort, limit: 1 })).toEqual(idsOf(resold));
    expect(await all(reseller, { sort, order: 'ascending', limit: 1 })).toEqual(idsOf(resold).reverse());
  });

  it('CUS-002, CUS-246: an account manager sorts the assigned ones, a director those of the team', async () => {
    at('2024-08-05T10:00');
    const partner = await aPartner();
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const manager = await aMember({ of: partner, roles: ['account-manager'], directorId: director.memberId });
    const assigned = [];
    for (let i = 0; i < 3; i += 1) assigned.push(await aCustomer({ of: partner, accountManagerId: manager.memberId }));
    await aCustomer({ of: partner });
    at('2024-08-08T10:00');
    for (const [i, customer] of assigned.slice(0, 2).entries()) await consume(customer, `${i + 1}.00`);
    await drain();
    const [first, second, third] = idsOf(assigned);
    for (const as of [manager, director]) {
      expect(await all(as, { sort: 'month-to-date', limit: 1 })).toEqual([second, first, third]);
      expect(await all(as, { sort: 'month-to-date', limit: 1, order: 'ascending' })).toEqual([third, first, second]);
      expect((await all(as, {})).toSorted()).toEqual(idsOf(assigned).toSorted());
    }
  });

  it('CUS-246: the order is right whatever the order of the messages, twice or at once', async () => {
    at('2024-08-05T10:00');
    const partner = await aPartner();
    const [a, b] = (await someCustomers(partner, 2)) as [TestCustomer, TestCustomer];
    at('2024-08-08T10:00');
    await Promise.all(Array.from({ length: 6 }, () => consume(a, '1.00')));
    await consume(b, '5.00');
    await drain();
    expect(await all(partner, { sort: 'month-to-date' })).toEqual(idsOf([a, b]));
    const { rankCustomer } = await import('#lib/customer-views/index.ts');
    await consume(b, '5.00');
    await Promise.all(Array.from({ length: 4 }, () => rankCustomer(b.customerId, clock.now())));
    expect(await all(partner, { sort: 'month-to-date' })).toEqual(idsOf([b, a]));
  });
});
