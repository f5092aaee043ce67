import { beforeEach, describe, expect, it } from 'vitest';
import { handler } from '../../functions/budgets/batch-set-budgets.ts';
import { handler as getQuota } from '../../functions/budgets/get-reseller-budget-quota.ts';
import { handler as listAdjustments } from '../../functions/budgets/list-budget-adjustments.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import {
  at,
  authorize,
  consume,
  eventsOf,
  giveStanding,
  readBudget,
  setMonthly,
  setOneTime,
  withCode,
} from './story.ts';

useStack();

let partner: TestPartner;
let customers: TestCustomer[];

beforeEach(async () => {
  at('2024-08-01T08:00');
  partner = await aPartner();
  customers = await customersOf(partner, 3);
  at('2024-08-20T11:30');
});

async function customersOf(owner: TestPartner, count: number): Promise<TestCustomer[]> {
  const created: TestCustomer[] = [];
  for (let i = 0; i < count; i += 1) created.push(await aCustomer({ of: owner }));
  return created;
}
const idsOf = (of: readonly TestCustomer[]): string[] => of.map(({ customerId }) => customerId);
const batch = (as: Caller, customerIds: readonly string[], more: object = {}, headers: Record<string, string> = {}) =>
  invoke(handler, { as, body: { customerIds, type: 'monthly', amount: '100.00', ...more }, headers });
const statuses = (body: { results: { status: string; code?: string }[] }) =>
  body.results.map(({ status, code }) => code ?? status);

describe('batch-set-budgets', () => {
  it('CUS-078, CUS-083: all get the same budget, each with its adjustment under the common batch id', async () => {
    await setOneTime(partner, customers[0] as TestCustomer, '7.00');
    clock.advance({ minutes: 1 });
    const answer = await batch(partner, idsOf(customers), { exhaustionMode: 'automatic', unfreezeNow: true });
    expect(answer.status).toBe(200);
    expect(answer.body.results).toMatchObject(
      idsOf(customers).map((customerId) => ({
        ...{ customerId, status: 'done', type: 'monthly', amount: '100.00', exhaustionMode: 'automatic' },
        ...{ standing: 'within', freezeLevel: 'none', warnings: [] },
      })),
    );
    for (const customer of customers) {
      expect(await readBudget(partner, customer)).toMatchObject({ type: 'monthly', amount: '100.00' });
      const { body } = await invoke(listAdjustments, { as: partner, path: { customerId: customer.customerId } });
      expect(body.items[0]).toMatchObject({ source: 'batch', batchId: answer.body.batchId });
      expect((await eventsOf(customer, 'budget.changed')).at(-1)).toMatchObject({
        detail: { batchId: answer.body.batchId },
      });
    }
  });

  it('CUS-080, CUS-055: each fails alone, a stranger in the middle like a missing one; duplicates count once', async () => {
    const foreign = await aCustomer({ of: await aPartner() });
    const referral = await aCustomer({ of: partner, type: 'referral' });
    const [first, second] = idsOf(customers);
    const given = [first, foreign.customerId, first, 'cus_nobody', referral.customerId, second] as string[];
    const { status, body } = await batch(partner, given);
    expect(status).toBe(200);
    expect(statuses(body)).toEqual(['done', 'CUSTOMER_NOT_FOUND', 'CUSTOMER_NOT_FOUND', 'NOT_RESELLER_MODEL', 'done']);
    expect(body.results[0].version).toBe(1);
    const refused = (await tracesOf(partner.partnerId, 'batch-set-budgets')).filter(
      ({ outcome }) => outcome === 'refused',
    );
    expect(refused).toHaveLength(3); // CUS-020
  });

  it('CUS-062: warns per customer', async () => {
    await consume(customers[1] as TestCustomer, '150');
    const { body } = await batch(partner, idsOf(customers), { exhaustionMode: 'automatic', unfreezeNow: true });
    expect(body.results.map(({ warnings }: { warnings: string[] }) => warnings)).toEqual([
      [],
      ['WILL_FREEZE_AGAIN'],
      [],
    ]);
  });

  it('CUS-079: none or more than 100 distinct customers is BATCH_SIZE', async () => {
    const many = Array.from({ length: 101 }, (_, i) => `cus_${i}`);
    for (const ids of [[], many])
      expect(await batch(partner, ids)).toMatchObject({ status: 422, body: { code: 'BATCH_SIZE', atMost: 100 } });
    const hundred = await batch(partner, [...many.slice(0, 100), ...many.slice(0, 50)]);
    expect(hundred.body.results).toHaveLength(100);
  });

  it('CUS-057, CUS-016: an amount or an unfreezing that no customer may have refuses the whole request', async () => {
    expect(await batch(partner, idsOf(customers), { amount: '0.001' })).toMatchObject({
      status: 422,
      body: { code: 'BUDGET_AMOUNT_INVALID' },
    });
    await giveStanding(partner.partnerId, { status: 'frozen' });
    expect(await batch(partner, idsOf(customers), { unfreezeNow: true })).toMatchObject({
      status: 403,
      body: { code: 'PARTNER_ACCOUNT_FROZEN' },
    });
  });

  it('CUS-004: who may not set budgets is denied; a manager sets for his own customers only', async () => {
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect(await batch(finance, idsOf(customers))).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const own = await aCustomer({ of: partner, accountManagerId: manager.memberId });
    const { body } = await batch(manager, idsOf([own, customers[0] as TestCustomer]));
    expect(statuses(body)).toEqual(['done', 'CUSTOMER_NOT_FOUND']);
  });

  it('CUS-005, ORG-174: one code for the whole batch, under the key of its type', async () => {
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    expect((await batch(partner, idsOf(customers), { type: 'one-time' })).body).toMatchObject({
      code: 'VERIFICATION_REQUIRED',
      operationKey: 'set-one-time-budget',
    });
    clock.advance({ minutes: 2 });
    const answer = await withCode(partner, (headers) => batch(partner, idsOf(customers), {}, headers));
    expect(statuses(answer.body)).toEqual(['done', 'done', 'done']);
  });

  it('CUS-083: the same Idempotency-Key sets nothing twice', async () => {
    const send = () => batch(partner, idsOf(customers), {}, { 'idempotency-key': 'batch-1' });
    const [first, second] = [await send(), await send()];
    expect(second.body).toEqual(first.body);
    expect((await readBudget(partner, customers[0] as TestCustomer)).version).toBe(1);
  });
});

describe('a batch across controllers', () => {
  it('CUS-082: a distributor sets where it is controller, the others are delegated', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const [granted, plain] = [await aPartner({ of: distributor }), await aPartner({ of: distributor })];
    await authorize(distributor, granted.partnerId, '100.00');
    const mixed = [
      await aCustomer({ of: distributor }),
      await aCustomer({ of: granted }),
      await aCustomer({ of: plain }),
    ];
    expect(statuses((await batch(distributor, idsOf(mixed))).body)).toEqual(['done', 'CONTROL_DELEGATED', 'done']);
    expect(statuses((await batch(plain, idsOf(mixed))).body)).toEqual([
      'CUSTOMER_NOT_FOUND',
      'CUSTOMER_NOT_FOUND',
      'CONTROL_NOT_AUTHORIZED',
    ]);
  });
});

describe("a reseller's batch", () => {
  let distributor: TestPartner;
  let reseller: TestPartner;
  let resold: TestCustomer[];

  beforeEach(async () => {
    distributor = await aPartner({ type: 'distributor' });
    reseller = await aPartner({ of: distributor });
    resold = await customersOf(reseller, 4);
    await authorize(distributor, reseller.partnerId, '100.00');
  });
  const quota = async () =>
    (await invoke(getQuota, { as: reseller, path: { resellerId: reseller.partnerId } })).body.monthly;
  const amounts = async () => Promise.all(resold.map(async (each) => (await readBudget(reseller, each)).amount));

  it('CUS-081: what the whole batch leaves is checked, replaced budgets given back', async () => {
    await setMonthly(reseller, resold[0] as TestCustomer, '90.00');
    expect(statuses((await batch(reseller, idsOf(resold), { amount: '25.00' })).body)).toEqual(Array(4).fill('done'));
    expect(await quota()).toMatchObject({ allocated: '100.00', available: '0.00' });
    expect(await batch(reseller, idsOf(resold), { amount: '25.01' })).toMatchObject({
      status: 422,
      body: { code: 'QUOTA_EXCEEDED', total: '100.00', allocated: '100.00', available: '0.00' },
    });
    expect(await amounts()).toEqual(Array(4).fill('25.00'));
  });

  it('CUS-081: a customer that cannot be set takes no room, and its room is not kept', async () => {
    const foreign = await aCustomer({ of: await aPartner() });
    const ids = [...idsOf(resold), foreign.customerId];
    expect(statuses((await batch(reseller, ids, { amount: '25.00' })).body)).toEqual([
      ...Array(4).fill('done'),
      'CUSTOMER_NOT_FOUND',
    ]);
    expect(await quota()).toMatchObject({ allocated: '100.00' });
  });

  it('CUS-081, CUS-090: of two batches at once that do not fit together, one sets nothing at all', async () => {
    const [left, right] = [idsOf(resold.slice(0, 2)), idsOf(resold.slice(2))];
    const answers = await Promise.all([
      batch(reseller, left, { amount: '30.00' }),
      batch(reseller, right, { amount: '30.00' }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect((await amounts()).sort()).toEqual(['0.00', '0.00', '30.00', '30.00']);
    expect(await quota()).toMatchObject({ allocated: '60.00', available: '40.00' });
  });

  it('CUS-090: room that a crashed batch put aside comes back once it is needed', async () => {
    {
      using fault = crashAtWrite(2, 'before'); // the room is put aside, the first budget is not set
      expect((await batch(reseller, idsOf(resold), { amount: '25.00' })).status).toBe(500);
      expect(fault.struck).toBe(true);
    }
    expect(await amounts()).toEqual(Array(4).fill('0.00'));
    expect(await setMonthly(reseller, resold[0] as TestCustomer, '10.00')).toMatchObject({ status: 422 });
    clock.advance({ minutes: 15 });
    expect(await setMonthly(reseller, resold[0] as TestCustomer, '100.00')).toMatchObject({ status: 200 });
  });

  it('CUS-090: a batch that crashes half-way has charged what it set, no more', async () => {
    {
      using fault = crashAtWrite(3, 'after');
      expect((await batch(reseller, idsOf(resold), { amount: '25.00' })).status).toBe(500);
      expect(fault.struck).toBe(true);
    }
    expect((await amounts()).filter((amount) => amount === '25.00')).toHaveLength(2);
    expect(await quota()).toMatchObject({ allocated: '50.00' });
    clock.advance({ minutes: 15 });
    expect(statuses((await batch(reseller, idsOf(resold), { amount: '25.00' })).body)).toEqual(Array(4).fill('done'));
    expect(await quota()).toMatchObject({ allocated: '100.00', available: '0.00' });
  });
});
