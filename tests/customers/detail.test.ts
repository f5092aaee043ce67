import { expect, it } from 'vitest';
import { handler as getCustomer } from '../../functions/customers/get-customer.ts';
import { handler as restrict } from '../../functions/customers/restrict-pay-per-use.ts';
import { at, authorize, consume, freeze, giveBudget, setOneTime } from '../budgets/story.ts';
import { aCoupon } from '../coupons/world.ts';
import { accept, process } from '../customer-alerts/alerts.ts';
import {
  type Answer,
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  drain,
  invoke,
  type TestCustomer,
  useStack,
} from '../support/index.ts';

useStack();

const detail = (as: Caller, { customerId }: Pick<TestCustomer, 'customerId'>, query = {}): Promise<Answer> =>
  invoke(getCustomer, { as, path: { customerId }, query });

it('CUS-050, CUS-051, CUS-052: the budget block of a monthly and of a one-time budget', async () => {
  at('2024-08-05T10:00');
  const partner = await aPartner();
  const customer = await aCustomer({ of: partner });
  at('2024-08-08T10:00');
  expect((await detail(partner, customer)).body.budget).toMatchObject({
    standing: 'unset',
    amount: '0.00',
    currentEstimate: null,
    totalExpenditure: null,
    budgetUsagePercent: null,
  });
  await giveBudget(partner, customer, '100.00', 'automatic');
  await consume(customer, '30.123456789');
  expect((await detail(partner, customer)).body.budget).toMatchObject({
    type: 'monthly',
    currentEstimate: '30.12345679',
    totalExpenditure: null,
    budgetUsagePercent: '30.12',
    exhaustionMode: 'automatic',
  });
  await setOneTime(partner, customer, '100.00');
  expect((await detail(partner, customer)).body.budget).toMatchObject({
    type: 'one-time',
    currentEstimate: null,
    totalExpenditure: '30.12345679',
  });
  expect((await detail(partner, await aCustomer({ of: partner, type: 'referral' }))).body).toMatchObject({
    budget: null,
    expenditures: null,
  });
});

it('CUS-050: expenditure of twelve months, the change to last month and the ranking of products', async () => {
  at('2024-07-01T10:00');
  const partner = await aPartner();
  const customer = await aCustomer({ of: partner });
  at('2024-07-20T10:00');
  await consume(customer, '80.00');
  at('2024-08-08T10:00');
  await consume(customer, '10.00', undefined, { productType: 'Storage' });
  await consume(customer, '20.00', undefined, { productType: 'Compute' });
  await consume(customer, '5.00', undefined, { productType: 'Storage' });
  at('2024-08-12T10:00');
  const { expenditures } = (await detail(partner, customer)).body;
  expect(expenditures).toMatchObject({
    monthToDate: '35.00000000',
    lastMonth: '80.00000000',
    changePercent: '-56.25',
    products: {
      publishedThrough: '2024-08-10',
      ranking: [
        { productType: 'Compute', listPrice: '20.00000000' },
        { productType: 'Storage', listPrice: '15.00000000' },
      ],
    },
  });
  expect(expenditures.months).toHaveLength(12);
  expect(expenditures.months[0]).toEqual({ month: '2023-09', listPrice: '0.00000000' });
  expect(expenditures.months.slice(-2)).toEqual([
    { month: '2024-07', listPrice: '80.00000000' },
    { month: '2024-08', listPrice: '35.00000000' },
  ]);
  // CUS-252: whole again at the first instant of the month
  at('2024-09-01T00:00');
  expect((await detail(partner, customer)).body.expenditures).toMatchObject({
    monthToDate: '0.00000000',
    lastMonth: '35.00000000',
    changePercent: '-100.00',
  });
  await drain();
});

it('CUS-050: the banner says who froze what, also after a restriction', async () => {
  const partner = await aPartner();
  const member = await aMember({ of: partner });
  const customer = await aCustomer({ of: partner });
  expect((await detail(partner, customer)).body.banners.freeze).toMatchObject({
    level: 'account',
    cause: 'association-default',
    actor: 'system',
  });
  await freeze(member, [customer]);
  const body = { customerIds: [customer.customerId], reason: 'no new machines' };
  expect(await invoke(restrict, { as: partner, body })).toMatchObject({ status: 200 });
  expect((await detail(partner, customer)).body.banners.freeze).toMatchObject({
    level: 'account',
    cause: 'manual',
    actor: member.memberId,
    partnerId: partner.partnerId,
    reason: 'as agreed by phone',
  });
  const unfrozen = await aCustomer({ of: partner });
  await giveBudget(partner, unfrozen, '1.00');
  expect((await detail(partner, unfrozen)).body.banners).toEqual({
    freeze: null,
    controlAuthorized: null,
    actOnBehalfAuthorized: null,
  });
});

it('CUS-053: distributor and reseller both see whether the reseller is authorized', async () => {
  const distributor = await aPartner({ type: 'distributor' });
  const reseller = await aPartner({ of: distributor });
  const customer = await aCustomer({ of: reseller });
  for (const as of [distributor, reseller])
    expect((await detail(as, customer)).body.banners).toMatchObject({
      controlAuthorized: false,
      actOnBehalfAuthorized: false,
    });
  await authorize(distributor, reseller.partnerId, '100.00');
  for (const as of [distributor, reseller])
    expect((await detail(as, customer)).body.banners.controlAuthorized).toBe(true);
});

it('CUS-049, CUS-189: each partner sees its own account manager, masked', async () => {
  const distributor = await aPartner({ type: 'distributor' });
  const reseller = await aPartner({ of: distributor });
  const manager = await aMember({ of: reseller, roles: ['account-manager'] });
  const customer = await aCustomer({ of: reseller, accountManagerId: manager.memberId });
  expect((await detail(reseller, customer)).body).toMatchObject({ accountManagerName: 'M***r' });
  expect((await detail(distributor, customer)).body).toMatchObject({ accountManagerName: null });
});

it('CUS-013, CUS-050: operators see the blocks, the customer itself only its account', async () => {
  const partner = await aPartner();
  const customer = await aCustomer({ of: partner });
  expect((await detail(await anOperator(), customer)).body).toMatchObject({ budget: { standing: 'unset' } });
  for (const body of [
    (await detail(customer, customer)).body,
    (await detail(partner, customer, { blocks: 'header' })).body,
  ]) {
    expect(body).toMatchObject({ customerId: customer.customerId, freezeLevel: 'account' });
    for (const block of ['banners', 'budget', 'coupons', 'expenditures', 'churnAlerts'])
      expect(body).not.toHaveProperty(block);
  }
  expect((await detail(await aPartner(), customer)).status).toBe(404);
});

it('CUS-050, FIN-01: the coupons of the customer alone, for who may see coupons at its tier-1 partner', async () => {
  at('2024-08-05T10:00');
  const distributor = await aPartner({ type: 'distributor' });
  const reseller = await aPartner({ of: distributor });
  const customer = await aCustomer({ of: reseller });
  await aCoupon(distributor);
  await aCoupon(distributor, { customerId: customer.customerId, face: '20.009', to: '2024-08-10T23:59:59+08:00' });
  const coupons = { available: 1, total: '20.00', currency: 'USD', expiringSoon: 1 };
  const director = await aMember({ of: distributor, roles: ['account-director', 'finance-specialist'] });
  for (const as of [distributor, director, await anOperator()]) {
    expect((await detail(as, customer)).body).toMatchObject({ coupons });
  }
  const manager = await aMember({ of: reseller, roles: ['admin'] });
  expect((await detail(manager, customer)).body).toMatchObject({ coupons: null });
  const partner = await aPartner();
  const own = await aMember({ of: partner, roles: ['account-manager'] });
  const managed = await aCustomer({ of: partner, accountManagerId: own.memberId });
  expect((await detail(own, managed)).body).toMatchObject({ coupons: null, budget: { standing: 'unset' } });
  const referral = await aCustomer({ of: distributor, type: 'referral' });
  expect((await detail(distributor, referral)).body).toMatchObject({ coupons: null });
});

it('CUS-050: what has no source yet is absent, not empty', async () => {
  const partner = await aPartner();
  const { body } = await detail(partner, await aCustomer({ of: partner }));
  for (const block of ['orders', 'resources', 'opportunities']) expect(body).not.toHaveProperty(block);
});

it('CUS-050, CUS-208: churn alerts to be handled by type, for who may see alerts', async () => {
  const distributor = await aPartner({ type: 'distributor' });
  const reseller = await aPartner({ of: distributor });
  const customer = await aCustomer({ of: reseller });
  expect((await detail(reseller, customer)).body.churnAlerts).toEqual({ loss: 0 });
  const { body: alert } = await accept(customer, 'order-cancelled');
  await accept(customer, 'usage-fall');
  for (const as of [reseller, distributor, await anOperator()])
    expect((await detail(as, customer)).body.churnAlerts).toEqual({ loss: 2 });
  const finance = await aMember({ of: reseller, roles: ['finance-specialist'] });
  expect((await detail(finance, customer)).body).not.toHaveProperty('churnAlerts');
  expect(await process(reseller, alert)).toMatchObject({ status: 200 });
  expect((await detail(reseller, customer)).body.churnAlerts).toEqual({ loss: 1 });
});
