import { beforeEach, describe, expect, it } from 'vitest';
import { handler as acknowledge } from '../../functions/budgets/acknowledge-budget-alert.ts';
import { handler as listOfPartner } from '../../functions/budgets/list-budget-alerts.ts';
import { handler as listOfCustomer } from '../../functions/budgets/list-customer-budget-alerts.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { alertsOf, at, consume, evaluateHour, giveBudget, setMonthly } from './story.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  at('2024-08-01T08:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
});

async function alertAt(usage: string, of = customer, controller: TestPartner = partner): Promise<void> {
  await giveBudget(controller, of, '100.00');
  clock.advance({ hours: 1 });
  await consume(of, usage);
  await evaluateHour();
}
const list = (as: Caller, query: Record<string, string | number> = {}) => invoke(listOfPartner, { as, query });
const ofCustomer = (as: Caller, query: Record<string, string | number> = {}, { customerId } = customer) =>
  invoke(listOfCustomer, { as, path: { customerId }, query });
const thresholds = (body: { items: { threshold: number }[] }) => body.items.map(({ threshold }) => threshold);
const customersIn = (body: { items: { customerId: string }[] }) => [
  ...new Set(body.items.map(({ customerId }) => customerId)),
];

describe('list-customer-budget-alerts', () => {
  it('CUS-244: shows what was raised, with its values', async () => {
    await alertAt('80.5');
    const { status, body } = await ofCustomer(partner);
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      {
        ...{ customerId: customer.customerId, accountName: customer.accountName, budgetType: 'monthly' },
        ...{
          period: '2024-08',
          threshold: 75,
          occurrence: 1,
          amount: '100.00',
          usage: '80.50000000',
          percent: '80.50',
        },
        ...{ exhaustionMode: 'manual', raisedAt: clock.now(), status: 'open', acknowledgedBy: null, clearedAt: null },
      },
    ]);
  });

  it('CUS-244: filters by threshold, status and period, joined by AND', async () => {
    await alertAt('95');
    await setMonthly(partner, customer, '120.00'); // 79 percent: 90 is cleared
    expect(thresholds((await ofCustomer(partner, { threshold: 90 })).body)).toEqual([90]);
    expect(thresholds((await ofCustomer(partner, { status: 'open' })).body)).toEqual([75]);
    expect(thresholds((await ofCustomer(partner, { status: 'cleared', threshold: 75 })).body)).toEqual([]);
    expect(thresholds((await ofCustomer(partner, { period: '2024-09' })).body)).toEqual([]);
    expect((await ofCustomer(partner, { period: '2024-08' })).body.items).toHaveLength(2);
    for (const [name, value] of Object.entries({ threshold: '80', status: 'gone', period: '2024-13' }))
      expect((await ofCustomer(partner, { [name]: value })).status).toBe(400);
  });

  it('CUS-055, CUS-015: not for strangers, not for referral customers; CUS-246: cursors belong to their list', async () => {
    await alertAt('95');
    expect(await ofCustomer(await aPartner())).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
    const referral = await aCustomer({ of: partner, type: 'referral' });
    expect(await ofCustomer(partner, {}, referral)).toMatchObject({ body: { code: 'NOT_RESELLER_MODEL' } });
    const first = await ofCustomer(partner, { limit: 1 });
    const second = await ofCustomer(partner, { limit: 1, cursor: first.body.nextCursor });
    expect([...thresholds(first.body), ...thresholds(second.body)].sort()).toEqual([75, 90]);
    expect(await ofCustomer(partner, { cursor: first.body.nextCursor, status: 'open' })).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    });
    expect((await ofCustomer(await anOperator())).status).toBe(200);
  });
});

describe('list-budget-alerts', () => {
  it('CUS-244, CUS-048: a distributor names its own or its resellers’ customers; a reseller sees its own', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const [reseller, other] = [await aPartner({ of: distributor }), await aPartner({ of: distributor })];
    const [own, resold] = [await aCustomer({ of: distributor }), await aCustomer({ of: reseller })];
    await alertAt('80', own, distributor);
    await alertAt('80', resold, distributor);
    expect(customersIn((await list(distributor)).body)).toEqual([own.customerId]);
    expect(customersIn((await list(distributor, { scope: 'resellers' })).body)).toEqual([resold.customerId]);
    expect(customersIn((await list(reseller)).body)).toEqual([resold.customerId]);
    expect(customersIn((await list(other)).body)).toEqual([]);
    expect(customersIn((await list(await aPartner())).body)).toEqual([]);
  });

  it('ORG-13, CUS-244: an account manager sees those of his own customers', async () => {
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const managed = await aCustomer({ of: partner, accountManagerId: manager.memberId });
    await alertAt('80');
    await alertAt('80', managed);
    expect(customersIn((await list(manager)).body)).toEqual([managed.customerId]);
    expect(customersIn((await list(partner, { threshold: 75 })).body).sort()).toEqual(
      [customer.customerId, managed.customerId].sort(),
    );
  });

  it('CUS-246: pages follow each other, newest first, and a foreign cursor is refused', async () => {
    await alertAt('95');
    const first = await list(partner, { limit: 1 });
    const second = await list(partner, { limit: 1, cursor: first.body.nextCursor });
    expect(new Set([...thresholds(first.body), ...thresholds(second.body)])).toEqual(new Set([75, 90]));
    expect(await list(await aPartner(), { cursor: first.body.nextCursor })).toMatchObject({
      status: 400,
      body: { code: 'CURSOR_INVALID' },
    });
  });
});

describe('acknowledge-budget-alert', () => {
  const alertId = async (threshold = 75): Promise<string> =>
    (await ofCustomer(partner, { threshold })).body.items[0].alertId;
  const note = (as: Caller, id: string) => invoke(acknowledge, { as, path: { alertId: id } });

  it('CUS-037: keeps who did it first, however often it is done', async () => {
    await alertAt('80');
    const [first, second] = [await aMember({ of: partner }), await aMember({ of: partner })];
    const id = await alertId();
    const acknowledgedAt = clock.now();
    expect(await note(first, id)).toMatchObject({
      status: 200,
      body: { status: 'acknowledged', acknowledgedBy: first.memberId, acknowledgedAt },
    });
    clock.advance({ minutes: 5 });
    for (const again of [first, second])
      expect((await note(again, id)).body).toMatchObject({ acknowledgedBy: first.memberId, acknowledgedAt });
    expect((await ofCustomer(partner)).body.items).toMatchObject([{ status: 'acknowledged' }]);
    expect(await tracesOf(partner.partnerId, 'acknowledge-budget-alert')).toHaveLength(1);
  });

  it('CUS-037: two at once: both are told the one that came first', async () => {
    await alertAt('80');
    const id = await alertId();
    const members = [await aMember({ of: partner }), await aMember({ of: partner })];
    const answers = await Promise.all(members.map((member) => note(member, id)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(new Set(answers.map(({ body }) => body.acknowledgedBy)).size).toBe(1);
  });

  it('CUS-038: an acknowledged alert is cleared like an open one and keeps its acknowledgement', async () => {
    await alertAt('80');
    const id = await alertId();
    await note(partner, id);
    await setMonthly(partner, customer, '200.00');
    expect(await alertsOf(partner, customer)).toEqual(['75 1 cleared']);
    expect(await note(partner, id)).toMatchObject({ status: 200, body: { status: 'cleared' } });
  });

  it('CUS-038: an alert that was cleared first cannot be acknowledged any more', async () => {
    await alertAt('80');
    const id = await alertId();
    await setMonthly(partner, customer, '200.00');
    expect(await note(partner, id)).toMatchObject({ status: 409, body: { code: 'ALERT_CLEARED' } });
  });

  it('CUS-108: acknowledging arms nothing', async () => {
    await alertAt('80');
    await note(partner, await alertId());
    clock.advance({ hours: 1 });
    await consume(customer, '5');
    await evaluateHour();
    expect(await alertsOf(partner, customer)).toEqual(['75 1 acknowledged']);
  });

  it('CUS-055, ORG-12: a stranger does not find it, a role without the permission may not', async () => {
    await alertAt('80');
    const id = await alertId();
    for (const stranger of [await aPartner(), await aMember({ of: partner, roles: ['account-manager'] })])
      expect(await note(stranger, id)).toMatchObject({ status: 404, body: { code: 'ALERT_NOT_FOUND' } });
    expect(await note(partner, 'bal_nothing')).toMatchObject({ status: 404, body: { code: 'ALERT_NOT_FOUND' } });
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect(await note(finance, id)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });
});
