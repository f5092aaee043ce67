import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { customerAlertHandled, customerAlertRaised } from '#events/customer-alerts.ts';
import { countUnhandled } from '#lib/customer-alerts/index.ts';
import { loadCustomers } from '#lib/customers/index.ts';
import { handler as acceptAlert } from '../../functions/customer-alerts/accept-customer-alert.ts';
import { handler as generateAlerts } from '../../functions/customer-alerts/generate-customer-alerts.ts';
import { handler as listAlerts } from '../../functions/customer-alerts/list-customer-alerts.ts';
import { consume } from '../budgets/story.ts';
import { assign, modify, unassign } from '../customers/managers.ts';
import { paidAt } from '../expenditures/views.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  runSchedule,
  type TestCustomer,
  type TestMember,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { accept, generate, list, process, useDaily } from './alerts.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;
let manager: TestMember;

const at = (time: string) => clock.set(`${time}+08:00`);
/** Falls on four days of 2 to 8 August. */
const FALLING = ['100', '80', '60', '40', '20', '20', '20', '20'];
const FIRST = '2024-08-01';

beforeEach(async () => {
  at('2024-07-01T09:00:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  manager = await aMember({ of: partner, roles: ['account-manager'] });
  at('2024-08-10T03:00:00');
});

const alertOf = async (of: TestCustomer = customer): Promise<{ alertId: string }> => (await accept(of)).body;
const scenarios = (body: { items: { scenario: string }[] }) => body.items.map(({ scenario }) => scenario);
const unhandled = async ({ customerId }: TestCustomer): Promise<number | undefined> =>
  (await countUnhandled(await loadCustomers([customerId]))).get(customerId);

describe('generate-customer-alerts', () => {
  it('CUS-208, CUS-209, CUS-261: falls of more than 10 percent on four of the last seven published days', async () => {
    await useDaily(customer, FIRST, FALLING);
    const [steady, unsteady] = (await earlier(2)) as [TestCustomer, TestCustomer];
    await useDaily(unsteady, FIRST, ['100', '80', '60', '40', '40', '40', '40', '40']); // three days
    await useDaily(steady, FIRST, ['100', '90', '81', '73', '66', '60', '54', '49']);
    await generate();
    expect((await list(partner)).items).toMatchObject([
      {
        customerId: customer.customerId,
        scenario: 'usage-fall',
        alertType: 'loss',
        details: expect.stringContaining('2024-08-02 to 2024-08-08'),
        status: 'unhandled',
        customerName: 'C***r',
      },
    ]);
    expect(await unhandled(customer)).toBe(1);
  });

  it('CUS-209: across a month’s border, with and without usage in the new month', async () => {
    at('2024-08-06T03:00:00'); // 29 July to 4 August, compared with 28 July
    const [falling, stopped, begun] = [customer, ...(await earlier(2))] as [TestCustomer, TestCustomer, TestCustomer];
    await useDaily(falling, '2024-07-28', ['100', '80', '60', '60', '60', '40', '20', '20']);
    await useDaily(stopped, '2024-07-28', ['100', '80', '60', '40', '0', '0', '0', '0']); // 29, 30, 31 July, 1 August
    await useDaily(begun, '2024-08-01', ['100', '80', '60', '40']); // three days
    await generate();
    const { items } = await list(partner);
    expect(items.map(({ customerId }: TestCustomer) => customerId).sort()).toEqual(
      [falling.customerId, stopped.customerId].sort(),
    );
  });

  it('CUS-209: purchases are no usage of a day', async () => {
    for (const [i, amount] of FALLING.entries())
      await consume(customer, amount, clock.now(), {
        ...paidAt(`2024-08-0${i + 1}T12:00:00+08:00`),
      });
    await generate();
    expect((await list(partner)).items).toEqual([]);
  });

  it('CUS-210: twice, delivered again or on the next day: one unhandled alert', async () => {
    await useDaily(customer, FIRST, FALLING);
    await Promise.all([runSchedule(generateAlerts, clock.now()), runSchedule(generateAlerts, clock.now())]);
    await drain();
    at('2024-08-11T03:00:00');
    await generate();
    expect((await list(partner)).items).toHaveLength(1);
    expect(await publishedEvents('customer-alert.raised')).toHaveLength(
      new Set((await publishedEvents('customer-alert.raised')).map(({ detail }) => detail.customerId)).size,
    );
  });

  it('CUS-210: handled and run again for the same day, nothing comes back', async () => {
    await useDaily(customer, FIRST, FALLING);
    await generate();
    const [alert] = (await list(partner)).items;
    expect((await process(partner, alert)).status).toBe(200);
    await generate();
    expect(await unhandled(customer)).toBe(0);
  });

  it('CUS-261: a crash between any two writes loses and doubles nothing', async () => {
    const second = (await earlier(1))[0] as TestCustomer;
    for (const each of [customer, second]) await useDaily(each, FIRST, FALLING);
    await runSchedule(generateAlerts, clock.now());
    {
      using _crash = crashAtWrite(2, 'before');
      await drain();
    }
    await drain();
    expect((await list(partner)).items).toHaveLength(2);
  });
});

describe('accept-customer-alert', () => {
  it('CUS-209, CUS-210: an outside alert is taken, one per scenario and customer while it is unhandled', async () => {
    expect(await accept(customer)).toMatchObject({
      status: 201,
      body: { scenario: 'order-cancelled', status: 'unhandled' },
    });
    expect(await accept(customer)).toMatchObject({ status: 409, body: { code: 'ALERT_ALREADY_OPEN' } });
    expect((await accept(customer, 'support-complaints')).status).toBe(201);
    expect(scenarios(await list(partner)).sort()).toEqual(['order-cancelled', 'support-complaints']);
    for (const { alertId } of (await list(partner)).items) await process(partner, { alertId });
    expect((await accept(customer)).status).toBe(201);
  });

  it('CUS-210: two at once: one', async () => {
    const answers = await Promise.all([accept(customer), accept(customer)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect((await list(partner)).items).toHaveLength(1);
  });

  it('CUS-209: operators only; no partner, no alert; every bad field is named', async () => {
    const body = { scenario: 'order-cancelled', title: 'x', details: 'y' };
    const path = { customerId: customer.customerId };
    expect((await invoke(acceptAlert, { as: partner, path, body })).status).toBe(403);
    expect(await accept(await aCustomer())).toMatchObject({ status: 409, body: { code: 'CUSTOMER_NOT_ASSOCIATED' } });
    const bad = { scenario: 'Open: x', title: '', details: 'z'.repeat(1025) };
    const { body: problem } = await invoke(acceptAlert, { as: await anOperator(), path, body: bad });
    expect(problem.errors).toHaveLength(3);
  });
});

describe('list-customer-alerts', () => {
  it('CUS-008, ORG-17: Admin and director see all, a manager those of its customers, a finance specialist none', async () => {
    const other = (await earlier(1))[0] as TestCustomer;
    await assign(partner, customer, manager);
    for (const each of [customer, other]) await alertOf(each);
    const director = await aMember({ of: partner, roles: ['account-director'] });
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect((await list(partner)).items).toHaveLength(2);
    expect((await list(director)).items).toHaveLength(2);
    expect((await list(manager)).items).toMatchObject([
      { customerId: customer.customerId, accountManagerId: manager.memberId, accountManagerName: 'M***r' },
    ]);
    expect((await invoke(listAlerts, { as: finance })).status).toBe(403);
    expect((await list(await aPartner())).items).toEqual([]);
  });

  it('CUS-243, CUS-247: filters by status and by parts of names, ignoring case', async () => {
    await assign(partner, customer, manager);
    const other = (await earlier(1))[0] as TestCustomer;
    await process(manager, await alertOf(customer));
    await alertOf(other);
    const found = async (query: Record<string, string>) =>
      (await list(partner, query)).items.map(({ customerId }: TestCustomer) => customerId);
    expect(await found({ status: 'handled' })).toEqual([customer.customerId]);
    expect(await found({ status: 'unhandled' })).toEqual([other.customerId]);
    expect(await found({ customerName: other.accountName.slice(3).toUpperCase() })).toEqual([other.customerId]);
    expect(await found({ customerName: 'CARLA', status: 'handled' })).toEqual([customer.customerId]);
    expect(await found({ accountManagerName: 'mia' })).toEqual([customer.customerId]);
    expect(await found({ accountManagerName: 'nobody' })).toEqual([]);
  });

  it('CUS-217: a distributor has two lists; it handles the first and only reads the second', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const [own, resold] = [await aCustomer({ of: distributor }), await aCustomer({ of: reseller })];
    const [first, second] = [await alertOf(own), await alertOf(resold)];
    const ids = async (as: Caller, scope: string) =>
      (await list(as, { scope })).items.map(({ alertId }: { alertId: string }) => alertId);
    expect(await ids(distributor, 'own')).toEqual([first.alertId]);
    expect(await ids(distributor, 'resellers')).toEqual([second.alertId]);
    expect(await ids(reseller, 'own')).toEqual([second.alertId]);
    expect(await process(distributor, second)).toMatchObject({ status: 403, body: { code: 'ALERT_NOT_YOURS' } });
    expect((await process(reseller, second)).status).toBe(200);
    expect((await process(distributor, first)).status).toBe(200);
    expect(await process(reseller, first)).toMatchObject({ status: 404 });
  });
});

describe('process-customer-alert', () => {
  it('CUS-044, CUS-211: handled for good, with event and trace', async () => {
    const alert = await alertOf();
    expect(
      await process(partner, alert, { customerLost: false, reason: 'other', note: 'moved regions' }),
    ).toMatchObject({
      status: 200,
      body: { status: 'handled', customerLost: false, reason: 'other', note: 'moved regions', handledAt: clock.now() },
    });
    expect(await process(partner, alert)).toMatchObject({ status: 409, body: { code: 'ALERT_ALREADY_HANDLED' } });
    const [event] = (await publishedEvents('customer-alert.handled')).filter(
      ({ detail }) => detail.alertId === alert.alertId,
    );
    expect(event?.detail).toMatchObject({ customerLost: false, reason: 'other' });
    expect(await tracesOf(partner.partnerId, 'process-customer-alert')).toMatchObject([
      { outcome: 'done', after: { status: 'handled' } },
      { outcome: 'refused', code: 'ALERT_ALREADY_HANDLED' },
    ]);
  });

  it.each([
    [{}],
    [{ customerLost: true }],
    [{ reason: 'competitor' }],
    [{ customerLost: true, reason: 'new-customer-expenditure' }], // CUS-213
    [{ customerLost: false, reason: 'competitor' }], // CUS-212
    [{ customerLost: true, reason: ['commerce', 'competitor'] }],
    [{ customerLost: true, reason: 'commerce', note: 'only with other' }],
    [{ customerLost: true, reason: 'other', note: 'x'.repeat(257) }],
  ])('CUS-211 to CUS-214: %j is refused', async (body) => {
    const alert = await alertOf();
    expect(await process(partner, alert, body)).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(await unhandled(customer)).toBe(1);
  });

  it.each([
    ...[
      'product-capability',
      'commerce',
      'competitor',
      'customer-service-suspension',
      'short-term-customer-service',
      'other',
    ].map((reason) => [true, reason] as const),
    ...[
      'service-adjustment-in-regular-contact',
      'new-customer-expenditure',
      'customer-service-contraction',
      'normal-expenditure-fluctuation',
      'other',
    ].map((reason) => [false, reason] as const),
  ])('CUS-212, CUS-213: lost %s, %s', async (customerLost, reason) => {
    expect((await process(partner, await alertOf(), { customerLost, reason })).status).toBe(200);
  });

  it('CUS-215: twice at once, one person handles it', async () => {
    const alert = await alertOf();
    const admin = await aMember({ of: partner });
    const answers = await Promise.all([process(partner, alert), process(admin, alert)]);
    expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, 'ALERT_ALREADY_HANDLED']);
    expect(await unhandled(customer)).toBe(0);
  });

  it('CUS-009, CUS-216: the manager alone; changed in between, the alert is the new one’s', async () => {
    const alert = await alertOf();
    await assign(partner, customer, manager);
    expect(await process(partner, alert)).toMatchObject({ status: 403, body: { code: 'ALERT_NOT_YOURS' } });
    const next = await aMember({ of: partner, roles: ['account-manager'] });
    expect((await process(next, alert)).status).toBe(404);
    await assign(partner, customer, next);
    expect((await list(next)).items).toHaveLength(1);
    expect((await list(manager)).items).toEqual([]);
    expect((await process(manager, alert)).status).toBe(404);
    expect((await process(next, alert)).status).toBe(200);
  });

  it('CUS-216: handled and given to another at the same moment: by the one who was responsible, or not at all', async () => {
    await assign(partner, customer, manager);
    const alert = await alertOf();
    const next = await aMember({ of: partner, roles: ['account-manager'] });
    const [handled] = await Promise.all([process(manager, alert), assign(partner, customer, next)]);
    const again = await process(next, alert);
    expect([handled.status, again.status]).toEqual(handled.status === 200 ? [200, 409] : [404, 200]);
  });

  it('CUS-009, CUS-198: an ending manager still handles; from the 1st on it is the partner’s', async () => {
    await assign(partner, customer, manager);
    await unassign(partner, manager, [customer]);
    const [first, second] = [await alertOf(), (await accept(customer, 'second')).body];
    expect((await process(manager, first)).status).toBe(200);
    at('2024-09-01T00:00:00');
    expect((await process(manager, second)).status).toBe(404);
    expect((await process(partner, second)).status).toBe(200);
  });

  it('CUS-190: while the manager is locked, the alerts are the partner’s', async () => {
    await assign(partner, customer, manager);
    const alert = await alertOf();
    expect((await process(partner, alert)).status).toBe(403);
    await modify(partner, manager, { status: 'locked' });
    expect((await process(partner, alert)).status).toBe(200);
  });

  it('CUS-009, CUS-055: a director reads but does not handle; a stranger finds nothing', async () => {
    const alert = await alertOf();
    const director = await aMember({ of: partner, roles: ['account-director'] });
    expect(await process(director, alert)).toMatchObject({ status: 403, body: { code: 'ALERT_NOT_YOURS' } });
    expect(await process(await aPartner(), alert)).toMatchObject({
      status: 404,
      body: { code: 'CUSTOMER_ALERT_NOT_FOUND' },
    });
    expect((await process(partner, { alertId: 'cal_nothing' })).status).toBe(404);
  });
});

describe('event samples', () => {
  it.each([customerAlertRaised, customerAlertHandled])('CUS-208: $name', ({ name, detail }) => {
    const file = new URL(`../../events/samples/${name}.v1.json`, import.meta.url);
    const sample: unknown = JSON.parse(readFileSync(file, 'utf8'));
    expect(detail.parse(sample)).toEqual(sample);
  });
});

/** Customers since 1 July, whose usage counts from then on. */
async function earlier(count: number): Promise<TestCustomer[]> {
  const now = clock.now();
  at('2024-07-01T09:00:00');
  const customers: TestCustomer[] = [];
  for (let i = 0; i < count; i += 1) customers.push(await aCustomer({ of: partner }));
  clock.set(now);
  return customers;
}
