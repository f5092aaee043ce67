import { beforeEach, describe, expect, it } from 'vitest';
import { evaluateGroup } from '#lib/groups/evaluate-group.ts';
import { onGroupEvent } from '#lib/groups/on-event.ts';
import { handler as removeBudget } from '../../functions/groups/remove-group-budget.ts';
import { handler as removePlan } from '../../functions/groups/remove-service-plan.ts';
import { handler as rollUp } from '../../functions/groups/roll-up-group-usage.ts';
import { consume } from '../budgets/story.ts';
import { consumedBy } from '../support/capacity.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  deadLetters,
  drain,
  failNth,
  invoke,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import {
  aGroup,
  alertsOf,
  assigned,
  budgetFor,
  code,
  eventsOf,
  listGroups,
  listPrice,
  moveTo,
  planFor,
  readGroup,
  ungroupAccount,
  usageOf,
} from './world.ts';

useStack();

let partner: TestPartner;
let a: TestCustomer;
let b: TestCustomer;
let groupId: string;

beforeEach(async () => {
  clock.set('2024-08-31T10:00:00+08:00');
  partner = await aPartner();
  [a, b] = [await aCustomer({ of: partner }), await aCustomer({ of: partner })];
  clock.set('2024-09-10T10:00:00+08:00');
  groupId = await aGroup(partner);
  await assigned(partner, groupId, a.customerId, b.customerId);
});

const evaluate = (id = groupId) => asSystem((now) => evaluateGroup(id, now));
/** An event of usage that was heard before. */
const redeliver = ({ customerId }: TestCustomer, usage: string, of: TestPartner = partner) =>
  asSystem((now) => {
    const detail = { partnerId: of.partnerId, customerId, month: '2024-09', usage, products: {}, movedAt: now };
    return onGroupEvent({ id: 'evt_1', name: 'usage.moved', occurredAt: now, detail }, now);
  });
const stateOf = async (id = groupId) => (await readGroup(partner, id)).body.state;
const told = async (id = groupId) => (await eventsOf(id, 'group.usage-reached')).map(({ detail }) => detail.state);
const alerted = async (id = groupId) =>
  (await eventsOf(id, 'group.budget-alert-raised')).map(({ detail }) => detail.threshold);
const ecs = { productTypeCode: 'hws.service.type.ec2', usage: '30', usageUnit: 'Hour' };

describe('get-group-usage', () => {
  it('CUS-234, CUS-235, CUS-238: sums all members and shows each, also without plan and while inactive', async () => {
    await consume(a, '400');
    await consume(b, '380.5');
    const usage = await usageOf(partner, groupId);
    expect(usage).toMatchObject({ period: '2024-09', used: '780.50000000', state: null, lines: [], memberCount: 2 });
    const of = ({ customerId, accountName }: TestCustomer, used: string) => ({
      accountId: customerId,
      accountName,
      used,
      lines: [],
    });
    expect(usage.members).toEqual(
      [of(a, '400.00000000'), of(b, '380.50000000')].sort((x, y) => (x.accountId < y.accountId ? -1 : 1)),
    );
    const first = await usageOf(partner, groupId, { limit: 1 });
    const second = await usageOf(partner, groupId, { limit: 1, cursor: first.nextCursor });
    expect([first.used, second.used, second.nextCursor]).toEqual(['780.50000000', '780.50000000', undefined]);
    expect([...first.members, ...second.members]).toEqual(usage.members);
  });

  it('CUS-236: per line, and the worst for the whole group; a product in its unit', async () => {
    const lines = [
      listPrice('1000'),
      { metric: 'hws.service.type.ec2', unit: 'Hour', expectedQuantity: '50' },
      { metric: 'hws.service.type.ec2', unit: 'GB', expectedQuantity: '1' },
    ];
    expect(await planFor(partner, groupId, lines)).toMatchObject({
      status: 200,
      body: { since: '2024-09', version: 2 },
    });
    await consume(a, '100', clock.now(), ecs);
    await consume(b, '50', clock.now(), { ...ecs, usage: '20.5' });
    await consume(b, '-10', clock.now(), { ...ecs, usage: '100', billType: 'refund' }); // no usage (CUS-093)
    const { state, lines: found, members } = await usageOf(partner, groupId);
    expect(state).toBe('exceeded');
    expect(found.map((line: Record<string, string>) => [line.used, line.percent, line.state])).toEqual([
      ['150.00000000', '15.00', 'within'],
      ['50.50000000', '101.00', 'exceeded'],
      ['0.00000000', '0.00', 'within'],
    ]);
    const own = members.find(({ accountId }: { accountId: string }) => accountId === a.customerId);
    expect(own.lines.map(({ used }: { used: string }) => used)).toEqual(['100.00000000', '30.00000000', '0.00000000']);
  });

  it('CUS-237: a moved account takes its running month along; a closed month keeps members and plan of then', async () => {
    const target = await aGroup(partner);
    await planFor(partner, groupId, [listPrice('500')], 'Silver');
    await consume(a, '400');
    await consume(b, '50');
    clock.set('2024-10-05T10:00:00+08:00');
    await consume(a, '7');
    await moveTo(partner, target, a.customerId);
    await planFor(partner, groupId, [listPrice('9')], 'Gold');
    expect(await usageOf(partner, groupId)).toMatchObject({ used: '0.00000000', planName: 'Gold', memberCount: 1 });
    expect(await usageOf(partner, target)).toMatchObject({ used: '7.00000000', state: null });
    const september = { period: '2024-09' };
    expect(await usageOf(partner, groupId, september)).toMatchObject({
      used: '450.00000000',
      planName: 'Silver',
      state: 'approaching',
      memberCount: 2,
      budget: null,
    });
    expect(await usageOf(partner, target, september)).toMatchObject({ used: '0.00000000', memberCount: 0 });
    expect(await usageOf(partner, groupId, { period: '2024-08' })).toMatchObject({ memberCount: 0, planName: null });
  });

  it('CUS-011: a director reads the sum and the customers of his team; another month must have begun', async () => {
    const director = await aMember({ of: partner, roles: ['account-director'] });
    await consume(a, '5');
    expect(await usageOf(director, groupId)).toMatchObject({ used: '5.00000000', memberCount: 2, members: [] });
    const { handler } = await import('../../functions/groups/get-group-usage.ts');
    const request = { as: partner, path: { groupId }, query: { period: '2024-10' } };
    expect(code(await invoke(handler, request))).toBe('PERIOD_IN_FUTURE');
    expect(code(await invoke(handler, { ...request, as: await aPartner() }))).toBe('GROUP_NOT_FOUND');
  });

  it("CUS-234: customers of a reseller, whose usage is counted with the distributor, in the distributor's currency", async () => {
    clock.set('2024-09-01T10:00:00+08:00');
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor, paymentCurrency: 'EUR' });
    const customer = await aCustomer({ of: reseller });
    clock.set('2024-09-10T10:00:00+08:00');
    const theirs = await aGroup(reseller);
    await assigned(reseller, theirs, customer.customerId);
    await consume(customer, '12.5');
    expect(await usageOf(reseller, theirs)).toMatchObject({ used: '12.50000000', memberCount: 1 });
    expect(await planFor(reseller, theirs, [listPrice('10')])).toMatchObject({ status: 200 });
    expect(code(await planFor(reseller, theirs, [{ ...listPrice('10'), unit: 'EUR' }]))).toBe('PLAN_LINE_INVALID');
  });
});

describe('set-service-plan', () => {
  it('CUS-233: on customer groups only; quantities above 0, each line once', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const partners = await aGroup(distributor, { kind: 'partner' });
    expect(code(await planFor(distributor, partners, [listPrice('1')]))).toBe('PLAN_ON_PARTNER_GROUP');
    expect(code(await budgetFor(distributor, partners, '1.00'))).toBe('USAGE_OF_PARTNER_GROUP');
    for (const lines of [[listPrice('0')], [listPrice('-1')], [listPrice('1'), listPrice('2')]])
      expect(code(await planFor(partner, groupId, lines))).toBe('PLAN_LINE_INVALID');
    for (const lines of [[], Array.from({ length: 51 }, (_, i) => ({ ...listPrice('1'), metric: `m${i}` }))])
      expect(code(await planFor(partner, groupId, lines))).toBe('INPUT_INVALID');
    const fifty = Array.from({ length: 50 }, (_, i) => ({ ...listPrice('1'), metric: `m${i}` }));
    expect(await planFor(partner, groupId, fifty)).toMatchObject({ status: 200 });
  });

  it('CUS-238: removed, nothing is expected any more', async () => {
    const remove = () => invoke(removePlan, { as: partner, path: { groupId } });
    expect(code(await remove())).toBe('PLAN_NOT_SET');
    await planFor(partner, groupId, [listPrice('10')]);
    await consume(a, '11');
    await drain();
    expect(await stateOf()).toBe('exceeded');
    expect(await remove()).toMatchObject({ status: 200, body: { planName: null, state: null } });
    expect(await usageOf(partner, groupId)).toMatchObject({ planName: null, state: null, used: '11.00000000' });
  });
});

describe('states follow usage', () => {
  beforeEach(() => planFor(partner, groupId, [listPrice('1000')]));

  it('CUS-236, CUS-239: each state is told once per month, and groups are listed by it', async () => {
    await drain();
    expect(await stateOf()).toBe('within');
    await consume(a, '749.99999999');
    await drain();
    expect([await stateOf(), await told()]).toEqual(['within', []]);
    await consume(a, '0.00000001');
    await drain();
    expect([await stateOf(), await told()]).toEqual(['approaching', ['approaching']]);
    await ungroupAccount(partner, a.customerId);
    await drain();
    expect(await stateOf()).toBe('within');
    await assigned(partner, groupId, a.customerId);
    await consume(b, '250');
    await drain();
    expect([await stateOf(), await told()]).toEqual(['approaching', ['approaching']]); // exactly 100 percent
    await consume(b, '0.00000001');
    await drain();
    expect([await stateOf(), await told()]).toEqual(['exceeded', ['approaching', 'exceeded']]);
    const listed = async (state: string) => (await listGroups(partner, { state })).body.items.length;
    expect([await listed('within'), await listed('approaching'), await listed('exceeded')]).toEqual([0, 0, 1]);

    clock.set('2024-10-01T00:00:00+08:00');
    expect([await stateOf(), await listed('within')]).toEqual(['within', 1]);
    await consume(a, '2000', clock.now(), {
      spentFrom: '2024-09-30T15:00:00.000Z',
      spentTo: '2024-09-30T16:00:00.000Z',
    }); // ends at midnight: still September's (CUS-091)
    await drain();
    expect([await stateOf(), (await told()).length]).toEqual(['within', 2]);
    clock.set('2024-10-02T00:00:00+08:00');
    await consume(a, '2000');
    await drain();
    expect([await stateOf(), await told()]).toEqual(['exceeded', ['approaching', 'exceeded', 'exceeded']]);
  });

  it('CUS-237: moving an account while its usage arrives tells both groups what is true', async () => {
    const target = await aGroup(partner);
    await planFor(partner, target, [listPrice('100')]);
    await consume(a, '760');
    await Promise.all([moveTo(partner, target, a.customerId), consume(a, '100'), evaluate(), evaluate(target)]);
    await drain();
    expect([await stateOf(), await stateOf(target)]).toEqual(['within', 'exceeded']);
    expect(await usageOf(partner, target)).toMatchObject({ used: '860.00000000', state: 'exceeded' });
    expect(await told(target)).toEqual(['exceeded']);
  });

  it('CUS-237: moving accounts to and fro while usage arrives leaves both groups with what is true', async () => {
    const target = await aGroup(partner);
    await planFor(partner, target, [listPrice('1000')]);
    await budgetFor(partner, target, '500.00');
    await drain();
    for (const to of [target, groupId, target, groupId, target]) {
      const arriving = Array.from({ length: 4 }, () => consume(a, '60'));
      await Promise.all([...arriving, consume(b, '10'), moveTo(partner, to, a.customerId), redeliver(a, '60')]);
      await drain();
      const usages = [await usageOf(partner, groupId), await usageOf(partner, target)];
      expect([await stateOf(), await stateOf(target)]).toEqual(usages.map(({ state }) => state));
    }
    expect(await usageOf(partner, target)).toMatchObject({ used: '1200.00000000', state: 'exceeded' });
    expect(await alertsOf(partner, target)).toEqual(['2024-09 100', '2024-09 90', '2024-09 75']);
    expect((await told(target)).at(-1)).toBe('exceeded');
    expect(new Set(await told(target)).size).toBe((await told(target)).length);
  });

  it('CUS-265: the hourly run finds what no event told of, and a second one finds nothing', async () => {
    await consume(a, '800');
    await runSchedule(rollUp, '2024-09-10T11:00:00+08:00');
    await drain();
    await runSchedule(rollUp, '2024-09-10T11:00:00+08:00');
    await drain();
    expect(await told()).toEqual(['approaching']);
    using writes = failNth(Number.POSITIVE_INFINITY, 'before');
    await evaluate();
    expect(writes.writes).toBe(0);
    expect(await deadLetters('group-roll-ups')).toEqual([]);
  });
});

describe('what a usage event costs', () => {
  /** What follows from one more event of usage that was counted already. */
  const costOf = (usage: string) => consumedBy(() => redeliver(a, usage));

  beforeEach(async () => {
    const others = await Promise.all(Array.from({ length: 20 }, () => aCustomer({ of: partner })));
    clock.advance({ hours: 2 });
    await assigned(partner, groupId, ...others.map(({ customerId }) => customerId));
    await budgetFor(partner, groupId, '100.00');
    await planFor(partner, groupId, [{ metric: 'hws.service.type.ec2', unit: 'Hour', expectedQuantity: '100' }]);
    await Promise.all(others.map((each) => consume(each, '1')));
    await drain();
    await evaluate(); // usage that was read before its event came is in the bound twice until now
  });

  it('CUS-262: below the next threshold two items are read and one is written, however many members there are', async () => {
    expect(await costOf('54.99999999')).toEqual({ read: 2, write: 1 });
  });

  it('CUS-105: at the threshold the members are read, and what was heard twice raises nothing', async () => {
    const { read } = await costOf('55');
    expect(read).toBeGreaterThan(20);
    expect(await alertsOf(partner, groupId)).toEqual([]);
    expect(await costOf('54.99999999')).toEqual({ read: 2, write: 1 }); // the bound is exact again
  });

  it('CUS-236: a product is followed in its own unit', async () => {
    await consume(a, '1', clock.now(), { ...ecs, usage: '74.99' });
    await drain();
    expect(await stateOf()).toBe('within');
    await consume(b, '1', clock.now(), { ...ecs, usage: '0.01' });
    await drain();
    expect(await stateOf()).toBe('approaching');
    await consume(b, '1', clock.now(), { ...ecs, usage: '25' });
    await drain();
    expect(await stateOf()).toBe('approaching');
    await consume(a, '1', clock.now(), { ...ecs, usage: '0.000000000001' });
    await drain();
    expect(await stateOf()).toBe('exceeded');
  });

  it('CUS-105: a run that died after it read, or after an event was added, is made up for', async () => {
    await consume(a, '55');
    for (const [nth, when] of [
      [1, 'before'],
      [1, 'after'],
      [2, 'before'],
      [2, 'after'],
    ] as const) {
      using _fault = crashAtWrite(nth, when);
      await redeliver(a, '55').catch(() => undefined);
    }
    await drain();
    expect([await alertsOf(partner, groupId), await alerted()]).toEqual([['2024-09 75'], [75]]);
    await consume(b, '14.99999999');
    await drain();
    expect(await alerted()).toEqual([75]);
    await consume(b, '0.00000001');
    await drain();
    expect(await alerted()).toEqual([75, 90]);
  });

  it('CUS-057: a budget that is lowered below what is used is told of at once', async () => {
    await budgetFor(partner, groupId, '20.00');
    await drain();
    expect(await alerted()).toEqual([100]);
  });
});

describe('the budget of a group', () => {
  it('CUS-105, CUS-107: each threshold once per month, one message for the highest; nothing is restricted', async () => {
    await budgetFor(partner, groupId, '100.00');
    await consume(a, '74.99999999');
    await drain();
    expect(await alertsOf(partner, groupId)).toEqual([]);
    await consume(b, '15.00000001');
    await drain();
    expect(await alertsOf(partner, groupId)).toEqual(['2024-09 90', '2024-09 75']);
    expect(await alerted()).toEqual([90]);
    await consume(b, '20');
    await drain();
    expect([await alertsOf(partner, groupId), await alerted()]).toEqual([
      ['2024-09 100', '2024-09 90', '2024-09 75'],
      [90, 100],
    ]);
    expect(await usageOf(partner, groupId)).toMatchObject({ budget: { amount: '100.00', percent: '110.00' } });
    await budgetFor(partner, groupId, '1000.00');
    await budgetFor(partner, groupId, '10.00');
    await drain();
    expect(await alerted()).toEqual([90, 100]); // once per month, whatever is set in between
    clock.set('2024-10-03T10:00:00+08:00');
    await consume(a, '8');
    await drain();
    expect(await alertsOf(partner, groupId)).toEqual(['2024-10 75', '2024-09 100', '2024-09 90', '2024-09 75']);
  });

  it('CUS-105: exactly once under duplicate events and evaluations at once', async () => {
    await budgetFor(partner, groupId, '100.00');
    await drain();
    await consume(a, '100');
    const detail = {
      partnerId: partner.partnerId,
      customerId: a.customerId,
      month: '2024-09',
      usage: '100.00',
      movedAt: clock.now(),
    };
    const again = () =>
      asSystem((now) => onGroupEvent({ id: 'evt_1', name: 'usage.moved', occurredAt: now, detail }, now));
    await Promise.all([again(), again(), again(), evaluate()]);
    await drain();
    await again();
    expect(await alertsOf(partner, groupId)).toEqual(['2024-09 100', '2024-09 90', '2024-09 75']);
    expect(await alerted()).toEqual([100]);
  });

  it('CUS-105: an evaluation that died at its commit is made up for, once', async () => {
    await budgetFor(partner, groupId, '100.00');
    await drain();
    await consume(a, '80');
    for (const when of ['before', 'after'] as const) {
      using _fault = crashAtWrite(1, when);
      await evaluate().catch(() => undefined);
    }
    await drain();
    expect([await alertsOf(partner, groupId), await alerted()]).toEqual([['2024-09 75'], [75]]);
  });

  it('CUS-057: amounts as of any budget; removed there are no alerts', async () => {
    for (const amount of ['0', '0.001', '-1', '2147483647.01'])
      expect(code(await budgetFor(partner, groupId, amount))).toBe('BUDGET_AMOUNT_INVALID');
    const remove = () => invoke(removeBudget, { as: partner, path: { groupId } });
    expect(code(await remove())).toBe('GROUP_BUDGET_NOT_SET');
    expect(await budgetFor(partner, groupId, '0.01')).toMatchObject({ status: 200, body: { budget: '0.01' } });
    expect(await remove()).toMatchObject({ status: 200, body: { budget: null } });
    await consume(a, '80');
    await drain();
    expect(await alertsOf(partner, groupId)).toEqual([]);
  });
});
