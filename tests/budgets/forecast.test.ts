import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { budgetForecastExceeded } from '#events/budget-forecasts.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { handler as addRecipient } from '../../functions/budgets/add-budget-recipient.ts';
import { handler as forecastBudgets } from '../../functions/budgets/forecast-budgets.ts';
import { handler as getForecast } from '../../functions/budgets/get-budget-forecast.ts';
import { handler as getForecastAlerts } from '../../functions/budgets/get-forecast-alerts.ts';
import { handler as setForecastAlerts } from '../../functions/budgets/set-forecast-alerts.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  type Caller,
  crashAtWrite,
  drain,
  invoke,
  runSchedule,
  sentMails,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { at, consume, eventsOf, giveBudget, inUtc, setMonthly, setOneTime } from './story.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  at('2024-08-01T00:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  await giveBudget(partner, customer, '100.00');
});

const forecast = async (as: Caller = partner, { customerId } = customer) =>
  invoke(getForecast, { as, path: { customerId } });
/** An hour of usage in the evening of each day. */
async function useDaily(from: number, to: number, amount: string, of = customer): Promise<void> {
  for (let day = from; day <= to; day += 1)
    await consume(of, amount, inUtc(`2024-08-${String(day).padStart(2, '0')}T22:00:00`));
}

describe('get-budget-forecast', () => {
  it('CUS-059: the mean of the last 7 days goes on; the day is named on which the budget is used up', async () => {
    await useDaily(2, 6, '1');
    await useDaily(7, 13, '5');
    at('2024-08-14T00:00');
    expect(await forecast()).toMatchObject({
      status: 200,
      body: {
        month: '2024-08',
        amount: '100.00',
        usage: '40.00000000',
        expectedUsage: '130.00000000', // 40 + 18 days of 5
        expectedUsageLow: '130.00000000',
        expectedUsageHigh: '130.00000000',
        expectedPercent: '130.00',
        exhausted: false,
        exhaustedOn: '2024-08-25', // 40 + 12 × 5, the 14th being the first
        basisDays: 7,
      },
    });
    await setMonthly(partner, customer, '130.01');
    expect((await forecast()).body).toMatchObject({ exhaustedOn: null, expectedPercent: '99.99' });
  });

  it('CUS-059: a purchase counts once, uneven days widen the band, today counts once', async () => {
    await useDaily(2, 12, '2');
    await consume(customer, '8', inUtc('2024-08-13T22:00:00'));
    await consume(customer, '40', inUtc('2024-08-13T12:00:00'), {
      billingMode: 'yearly-monthly',
      transactionTime: inUtc('2024-08-13T12:00:00'),
      spentFrom: undefined,
      spentTo: undefined,
    });
    at('2024-08-14T12:00');
    await consume(customer, '1');
    const { body } = await forecast();
    expect(body).toMatchObject({ usage: '71.00000000', exhaustedOn: '2024-08-24' }); // 70 + 11 × 20/7
    expect(Number(body.expectedUsage)).toBeCloseTo(70 + (18 * 20) / 7, 6);
    expect(Number(body.expectedUsageLow)).toBeLessThan(Number(body.expectedUsage));
    expect(Number(body.expectedUsageHigh)).toBeGreaterThan(Number(body.expectedUsage));
  });

  it('CUS-098, CUS-252: days before the association tell nothing; those of the month before do', async () => {
    await useDaily(2, 3, '5');
    at('2024-08-04T00:00');
    expect((await forecast()).body).toMatchObject({ expectedUsage: null, exhaustedOn: null, basisDays: 2 });
    await useDaily(25, 31, '4');
    at('2024-09-01T00:00');
    expect((await forecast()).body).toMatchObject({
      month: '2024-09' as BillingMonth,
      usage: '0.00000000',
      expectedUsage: '120.00000000',
      exhaustedOn: '2024-09-25',
      basisDays: 7,
    });
  });

  it('CUS-036: used up already, no day is named', async () => {
    await useDaily(2, 8, '20');
    at('2024-08-09T00:00');
    expect((await forecast()).body).toMatchObject({ exhausted: true, exhaustedOn: null });
  });

  it('CUS-015, CUS-033, CUS-067: only for a monthly budget that is set', async () => {
    await setOneTime(partner, customer, '100.00');
    const refusal = (code: string) => ({ status: 422, body: { code } });
    expect(await forecast()).toMatchObject(refusal('BUDGET_NOT_MONTHLY'));
    expect(await forecast(partner, await aCustomer({ of: partner }))).toMatchObject(refusal('BUDGET_NOT_SET'));
    const referral = await aCustomer({ of: partner, type: 'referral' });
    expect(await forecast(partner, referral)).toMatchObject(refusal('NOT_RESELLER_MODEL'));
  });

  it('CUS-055: another partner’s customer is not found; an operator reads it', async () => {
    expect(await forecast(await aPartner())).toMatchObject({ status: 404, body: { code: 'CUSTOMER_NOT_FOUND' } });
    expect(await forecast(await anOperator())).toMatchObject({ status: 200 });
  });
});

describe('forecast-budgets', () => {
  const run = async (time: string) => {
    await runSchedule(forecastBudgets, at(time));
    await drain();
  };
  const told = async (of = customer) =>
    (await eventsOf(of, 'budget.forecast-exceeded')).map(({ detail }) => [
      detail.month,
      detail.exhaustedOn,
      detail.tell,
    ]);
  const listen = (as: Caller, enabled = true) => invoke(setForecastAlerts, { as, body: { enabled } });

  it('CUS-006: off by default, switched by Admin and finance specialist, by nobody else', async () => {
    const read = async (as: Caller) => (await invoke(getForecastAlerts, { as })).body;
    expect(await read(partner)).toEqual({ enabled: false });
    const finance = await aMember({ of: partner, roles: ['finance-specialist'] });
    expect(await listen(finance)).toMatchObject({ status: 200, body: { enabled: true } });
    expect(await read(partner)).toEqual({ enabled: true });
    expect(await read(await aPartner())).toEqual({ enabled: false });
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    expect(await listen(manager)).toMatchObject({ status: 403, body: { code: 'PERMISSION_DENIED' } });
  });

  it('CUS-059: a forecast that reaches the budget is told once a month, to who asked for it', async () => {
    await useDaily(2, 8, '3');
    await run('2024-08-09T10:00'); // 21 + 23 × 3 = 90
    await useDaily(9, 15, '5');
    await run('2024-08-16T10:00'); // nobody listens
    expect(await told()).toEqual([]);
    await listen(partner);
    for (const day of ['16', '17', '18']) await run(`2024-08-${day}T10:00`);
    expect(await told()).toEqual([['2024-08', '2024-08-24', [partner.partnerId]]]);
    await useDaily(25, 31, '5');
    await run('2024-09-01T10:00');
    expect((await told()).map(([month]) => month)).toEqual(['2024-08', '2024-09']);
  });

  it('CUS-105: what has reached its amount is told by its own alert', async () => {
    await listen(partner);
    await useDaily(2, 8, '20');
    await run('2024-08-09T10:00');
    expect(await told()).toEqual([]);
  });

  it('CUS-115: for a reseller’s customer distributor and reseller switch each for themselves', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    at('2024-08-01T00:00');
    const resold = await aCustomer({ of: reseller });
    await giveBudget(distributor, resold, '100.00');
    await useDaily(2, 8, '10', resold);
    await listen(reseller);
    await run('2024-08-09T10:00');
    expect(await told(resold)).toEqual([['2024-08', '2024-08-11', [reseller.partnerId]]]);
  });

  it('CUS-113: planned twice, worked off twice at once and after a crash, it is told once', async () => {
    await listen(partner);
    await useDaily(2, 8, '10');
    for (let n = 1; n <= 4; n += 1) {
      using _crash = crashAtWrite(n, 'after');
      await run('2024-08-09T10:00').catch(() => undefined); // planning itself may die
    }
    await runSchedule(forecastBudgets, at('2024-08-09T10:00'));
    await run('2024-08-09T10:00');
    expect(await told()).toHaveLength(1);
  });

  it('CUS-116, CUS-118: recipients get a mail with day, amount and expectation', async () => {
    await listen(partner);
    await invoke(addRecipient, {
      as: partner,
      body: { name: 'Rita', email: 'rita@forecast.example', phone: '+4915112345678' },
    });
    await useDaily(2, 8, '10');
    await run('2024-08-09T10:00');
    const [mail] = (await sentMails()).filter(({ to }) => to.includes('rita@forecast.example'));
    expect(mail?.subject).toBe(`${customer.accountName} is expected to use up its budget on 2024-08-11`);
    for (const shown of ['100.00 USD', '70.00 USD', '300.00 USD']) expect(mail?.text).toContain(shown);
  });

  it('CUS-118: the sample of the event names every field and no other', () => {
    const file = new URL('../../events/samples/budget.forecast-exceeded.v1.json', import.meta.url);
    const sample = JSON.parse(readFileSync(file, 'utf8'));
    expect(budgetForecastExceeded.detail.strict().parse(sample)).toEqual(sample);
    expect(Object.keys(budgetForecastExceeded.detail.shape).sort()).toEqual(Object.keys(sample).sort());
  });
});
