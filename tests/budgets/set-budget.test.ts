import { beforeEach, describe, expect, it } from 'vitest';
import { evaluateCustomer } from '#lib/budgets/index.ts';
import { declareComplete } from '#lib/expenditures/index.ts';
import { handler as listAdjustments } from '../../functions/budgets/list-budget-adjustments.ts';
import { handler as setMonthlyBudget } from '../../functions/budgets/set-monthly-budget.ts';
import { handler as setOneTimeBudget } from '../../functions/budgets/set-one-time-budget.ts';
import { handler as listFreezeRecords } from '../../functions/customers/list-freeze-records.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
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
  giveBudget,
  giveStanding,
  inUtc,
  readBudget,
  setMonthly,
  setOneTime,
  withCode,
} from './story.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  at('2024-08-01T08:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  at('2024-08-20T11:30');
});

const set = (as: Caller, body: object, customerId = customer.customerId, handler = setMonthlyBudget) =>
  invoke(handler, { as, path: { customerId }, body: { expectedVersion: 0, ...body } });

const both = [
  ['set-monthly-budget', setMonthlyBudget],
  ['set-one-time-budget', setOneTimeBudget],
] as const;

describe.each(both)('%s', (name, handler) => {
  const type = name === 'set-monthly-budget' ? 'monthly' : 'one-time';
  const send = (as: Caller, body: object, customerId?: string) => set(as, body, customerId, handler);

  it('CUS-056, CUS-065, CUS-066, CUS-067: sets the budget, with one adjustment, one event and a trace', async () => {
    const member = await aMember({ of: partner });
    const answer = await send(member, { amount: '100.5', exhaustionMode: 'automatic' });
    expect(answer).toMatchObject({
      status: 200,
      headers: { etag: '"1"' },
      body: {
        ...{ type, amount: '100.50', currency: 'USD', exhaustionMode: 'automatic', automaticallyFrozen: true },
        ...{ standing: 'within', budgetUsagePercent: '0.00', freezeLevel: 'account', warnings: [], version: 1 },
        ...{ setBy: member.memberId, setAt: clock.now(), asOf: clock.now(), typeSince: '2024-08' },
      },
    });
    const { body } = await invoke(listAdjustments, { as: partner, path: { customerId: customer.customerId } });
    expect(body.items).toMatchObject([
      {
        ...{ actor: member.memberId, partnerId: partner.partnerId, action: 'set', source: 'single', batchId: null },
        ...{ typeBefore: 'monthly', typeAfter: type, amountBefore: '0.00', amountAfter: '100.50' },
        ...{ modeBefore: 'manual', modeAfter: 'automatic', unfreezeRequested: false, freezeLevelAfter: 'account' },
      },
    ]);
    expect(await eventsOf(customer, 'budget.changed')).toMatchObject([
      {
        detail: {
          ...{ action: 'set', type, amount: '100.50', exhaustionMode: 'automatic', budgetVersion: 1 },
          ...{ partnerId: partner.partnerId, changedBy: member.memberId, changedAt: clock.now() },
        },
      },
    ]);
    expect(await tracesOf(partner.partnerId, name)).toMatchObject([
      {
        ...{ outcome: 'done', actorId: member.memberId },
        before: { amount: '0.00', version: 0 },
        after: { type, amount: '100.50', exhaustionMode: 'automatic', version: 1 }, // CUS-020
      },
    ]);
  });

  it.each(['0', '0.00', '0.001', '-1', '2147483647.01'])('CUS-057: %s is BUDGET_AMOUNT_INVALID', async (amount) => {
    expect(await send(partner, { amount })).toMatchObject({ status: 422, body: { code: 'BUDGET_AMOUNT_INVALID' } });
    expect((await readBudget(partner, customer)).version).toBe(0);
  });

  it.each([
    ['0.01', '0.01'],
    ['2147483647.00', '2147483647.00'],
    ['1', '1.00'],
  ])('CUS-057: %s is accepted', async (amount, stored) => {
    expect(await send(partner, { amount })).toMatchObject({ status: 200, body: { amount: stored } });
  });

  it.each(['+0.01', '1e3', '', '1,00', '.5', 100])('CUS-254: %j is no decimal string', async (amount) => {
    expect(await send(partner, { amount })).toMatchObject({
      status: 400,
      body: { code: 'INPUT_INVALID', errors: [{ pointer: '/amount' }] },
    });
  });

  it('CUS-066: a version that is not the present one is VERSION_CONFLICT', async () => {
    expect((await send(partner, { amount: '100' })).status).toBe(200);
    for (const expectedVersion of [0, 2]) {
      expect(await send(partner, { amount: '200', expectedVersion })).toMatchObject({
        status: 409,
        body: { code: 'VERSION_CONFLICT' },
      });
    }
    expect(await send(partner, { amount: '200', expectedVersion: 1 })).toMatchObject({ body: { version: 2 } });
  });

  it('CUS-090, CUS-066: of two settings at once one wins, the other is a conflict', async () => {
    const answers = await Promise.all([send(partner, { amount: '100' }), send(partner, { amount: '200' })]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe('VERSION_CONFLICT');
    const winner = answers.find(({ status }) => status === 200)?.body.amount;
    expect(await readBudget(partner, customer)).toMatchObject({ amount: winner, version: 1 });
    expect(await eventsOf(customer, 'budget.changed')).toHaveLength(1);
  });

  it('CUS-015: a referral customer has no budget', async () => {
    const referral = await aCustomer({ of: partner, type: 'referral' });
    expect(await send(partner, { amount: '100' }, referral.customerId)).toMatchObject({
      status: 422,
      body: { code: 'NOT_RESELLER_MODEL' },
    });
  });

  it('CUS-016: a partner that is not active sets budgets, but unfreezes nobody with them', async () => {
    for (const status of ['frozen', 'inactive'] as const) {
      await giveStanding(partner.partnerId, { status });
      expect(await send(partner, { amount: '100', unfreezeNow: true })).toMatchObject({
        status: 403,
        body: { code: 'PARTNER_ACCOUNT_FROZEN' },
      });
    }
    expect(await send(partner, { amount: '100' })).toMatchObject({ status: 200 });
  });

  it('CUS-001, CUS-017, CUS-018, CUS-273: the controller sets, nobody else', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const resold = await aCustomer({ of: reseller });
    const expectRefused = async (as: Caller, code: string) =>
      expect(await send(as, { amount: '10', expectedVersion: 9 }, resold.customerId)).toMatchObject({
        status: 403,
        body: { code },
      });
    await expectRefused(reseller, 'CONTROL_NOT_AUTHORIZED');
    expect((await send(distributor, { amount: '10' }, resold.customerId)).status).toBe(200);
    await authorize(distributor, reseller.partnerId, '100', '100');
    await expectRefused(distributor, 'CONTROL_DELEGATED');
    expect((await send(reseller, { amount: '20', expectedVersion: 1 }, resold.customerId)).status).toBe(200);
    await authorize(distributor, reseller.partnerId, '20', '20');
    expect(await send(reseller, { amount: '20.01', expectedVersion: 2 }, resold.customerId)).toMatchObject({
      status: 422,
      body: { code: 'QUOTA_EXCEEDED', budgetType: type, total: '20.00', allocated: '20.00', available: '0.00' },
    });
  });

  it("CUS-055: another partner's customer answers like a missing one", async () => {
    const stranger = await aPartner();
    for (const customerId of [customer.customerId, 'cus_nobody']) {
      expect(await send(stranger, { amount: '100' }, customerId)).toMatchObject({
        status: 404,
        body: { code: 'CUSTOMER_NOT_FOUND' },
      });
    }
  });

  it('CUS-004, CUS-014: permission and data scope of the roles', async () => {
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const own = await aCustomer({ of: partner, accountManagerId: manager.memberId });
    expect(await send(finance, { amount: '100' })).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
    expect(await send(manager, { amount: '100' })).toMatchObject({ status: 404 });
    expect(await send(manager, { amount: '100' }, own.customerId)).toMatchObject({ status: 200 });
    expect(await send(await anOperator(), { amount: '100' })).toMatchObject({ status: 403 }); // CUS-013
    expect(await send(customer, { amount: '100' })).toMatchObject({ status: 403 });
  });

  it('ORG-173: what is wrong with a request is said before a code is asked for', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const resold = await aCustomer({ of: reseller });
    for (const { partnerId } of [partner, reseller]) await giveStanding(partnerId, { verificationEnabled: true });
    expect((await send(partner, { amount: '0.00' })).body.code).toBe('BUDGET_AMOUNT_INVALID');
    expect((await send(reseller, { amount: '1' }, resold.customerId)).body.code).toBe('CONTROL_NOT_AUTHORIZED');
    await giveStanding(partner.partnerId, { status: 'frozen' });
    expect((await send(partner, { amount: '1', unfreezeNow: true })).body.code).toBe('PARTNER_ACCOUNT_FROZEN');
  });

  it('CUS-005: with the verification function on, a code is asked for and works for this request alone', async () => {
    await giveStanding(partner.partnerId, { verificationEnabled: true });
    const request = (headers: Readonly<Record<string, string>>, amount = '100.00') =>
      invoke(handler, {
        ...{ as: partner, path: { customerId: customer.customerId }, headers },
        body: { amount, expectedVersion: 0 },
      });
    expect((await request({})).body).toMatchObject({ code: 'VERIFICATION_REQUIRED', operationKey: name });
    expect((await readBudget(partner, customer)).version).toBe(0);
    const misused = await withCode(partner, (headers) =>
      request(headers, headers['verification-code'] ? '999.00' : '100.00'),
    );
    expect(misused).toMatchObject({ status: 403, body: { code: 'VERIFICATION_FAILED' } });
    clock.advance({ minutes: 2 });
    expect(await withCode(partner, request)).toMatchObject({ status: 200, body: { amount: '100.00' } });
  });
});

describe('setting and unfreezing', () => {
  it('CUS-060, CUS-061: unfreezes in the same step with a record and an event; on a free customer it is ignored', async () => {
    const answer = await setMonthly(partner, customer, '100.00', { unfreezeNow: true });
    expect(answer.body).toMatchObject({ freezeLevel: 'none', freezeCause: null });
    const { body } = await invoke(listFreezeRecords, { as: partner, path: { customerId: customer.customerId } });
    expect(body.items).toMatchObject([
      { action: 'unfreeze-account', cause: 'set-budget', levelBefore: 'account', levelAfter: 'none' },
      { action: 'freeze-account', cause: 'association-default' },
    ]);
    expect((await setMonthly(partner, customer, '200.00', { unfreezeNow: true })).status).toBe(200);
    expect(await eventsOf(customer, 'customer.unfrozen')).toHaveLength(1);
  });

  it('CUS-062: a budget that is exhausted at once is accepted with a warning', async () => {
    await consume(customer, '100');
    const answer = await setMonthly(partner, customer, '100.00', { unfreezeNow: true, exhaustionMode: 'automatic' });
    expect(answer).toMatchObject({
      status: 200,
      body: { warnings: ['WILL_FREEZE_AGAIN'], standing: 'exhausted', freezeLevel: 'none' },
    });
  });

  it('CUS-058: an omitted mode keeps the present one', async () => {
    await setMonthly(partner, customer, '100.00', { exhaustionMode: 'automatic' });
    expect((await setOneTime(partner, customer, '100.00')).body.exhaustionMode).toBe('automatic');
  });

  it('CUS-066: evaluation at the same time is no conflict for the client', async () => {
    await giveBudget(partner, customer, '100.00');
    for (const usage of ['75', '15', '10']) {
      await consume(customer, usage);
      const { version } = await readBudget(partner, customer);
      const [answer] = await Promise.all([
        setMonthly(partner, customer, '100.00', { expectedVersion: version }),
        asSystem((now) => evaluateCustomer(partner.partnerId, customer.customerId, now)),
      ]);
      expect(answer).toMatchObject({ status: 200, body: { version: version + 1 } });
    }
    await asSystem((now) => evaluateCustomer(partner.partnerId, customer.customerId, now));
    const raised = (await eventsOf(customer, 'budget.alert-raised')).flatMap(({ detail }) => detail.alertIds);
    expect(new Set(raised).size).toBe(3);
    expect(raised).toHaveLength(3);
  });

  it('CUS-066: If-Match carries the version as well', async () => {
    const answer = await invoke(setMonthlyBudget, {
      as: partner,
      path: { customerId: customer.customerId },
      body: { amount: '100' },
      headers: { 'If-Match': '"0"' },
    });
    expect(answer).toMatchObject({ status: 200, body: { version: 1 } });
  });
});

describe('get-budget', () => {
  it('CUS-051, CUS-052, CUS-102, CUS-269: usage with 8 decimals, percent rounded down, and up to when it is complete', async () => {
    await giveBudget(partner, customer, '100.00');
    await consume(customer, '33.33333333333');
    await asSystem(() => declareComplete(inUtc('2024-08-20T10:00:00')));
    expect(await readBudget(partner, customer)).toMatchObject({
      currentEstimate: '33.33333333',
      totalExpenditure: null,
      budgetUsagePercent: '33.33',
      usageCompleteThrough: inUtc('2024-08-20T10:00:00'),
      asOf: clock.now(),
    });
  });

  it('CUS-248: what does not apply is null', async () => {
    await consume(customer, '5');
    expect(await readBudget(partner, customer)).toMatchObject({
      currentEstimate: null,
      totalExpenditure: null,
      budgetUsagePercent: null,
    });
    await setOneTime(partner, customer, '10.00');
    expect(await readBudget(partner, customer)).toMatchObject({
      currentEstimate: null,
      totalExpenditure: '5.00000000',
    });
  });

  it('CUS-146, CUS-161, CUS-275: shows what a confirmation needs: the mode as automatically frozen, the customer masked', async () => {
    expect(await readBudget(partner, customer)).toMatchObject({
      accountName: customer.accountName,
      customerName: 'C***r',
      automaticallyFrozen: false,
    });
  });

  it('CUS-013, CUS-055: operators and both partners of a customer read it, strangers do not find it', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const resold = await aCustomer({ of: reseller });
    for (const reader of [distributor, reseller, await anOperator()]) await readBudget(reader, resold);
    for (const stranger of [partner, await aPartner({ of: distributor })])
      await expect(readBudget(stranger, resold)).rejects.toThrow();
  });
});

describe('list-budget-adjustments', () => {
  const list = (query: Record<string, string | number> = {}, as: Caller = partner) =>
    invoke(listAdjustments, { as, path: { customerId: customer.customerId }, query });
  const amounts = (body: { items: { amountAfter: string }[] }) => body.items.map(({ amountAfter }) => amountAfter);

  it('CUS-173: newest first, by type, page by page', async () => {
    for (const amount of ['1', '2']) {
      clock.advance({ minutes: 1 });
      await setMonthly(partner, customer, amount);
    }
    for (const amount of ['3', '4']) {
      clock.advance({ minutes: 1 });
      await setOneTime(partner, customer, amount);
    }
    expect(amounts((await list()).body)).toEqual(['4.00', '3.00', '2.00', '1.00']);
    expect(amounts((await list({ type: 'monthly' })).body)).toEqual(['3.00', '2.00', '1.00']); // 3.00 left monthly
    const first = await list({ limit: 3 });
    const second = await list({ limit: 3, cursor: first.body.nextCursor });
    expect([...amounts(first.body), ...amounts(second.body)]).toEqual(['4.00', '3.00', '2.00', '1.00']);
    expect(await list({ cursor: first.body.nextCursor, type: 'monthly' })).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    });
  });

  it('CUS-175: an entry stays as it was written', async () => {
    await setMonthly(partner, customer, '1');
    const [written] = (await list()).body.items;
    clock.advance({ minutes: 1 });
    await setOneTime(partner, customer, '2');
    expect((await list()).body.items.at(-1)).toEqual(written);
  });

  it('CUS-055, CUS-015: not for strangers, not for referral customers', async () => {
    expect(await list({}, await aPartner())).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
    const { customerId } = await aCustomer({ of: partner, type: 'referral' });
    expect(await invoke(listAdjustments, { as: partner, path: { customerId } })).toMatchObject({
      status: 422,
      body: { code: 'NOT_RESELLER_MODEL' },
    });
  });
});
