import { beforeEach, describe, expect, it } from 'vitest';
import {
  alertsOf,
  at,
  consume,
  evaluateHour,
  eventsOf,
  giveBudget,
  readBudget,
  setMonthly,
  toldThresholds,
  unfreeze,
} from '../budgets/story.ts';
import { aCustomer, aPartner, clock, drain, type TestCustomer, type TestPartner, useStack } from '../support/index.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;

beforeEach(async () => {
  at('2024-08-05T10:00');
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
});

describe('acceptance examples of chapter 5, alerts', () => {
  it('CUS-021, example 1: a new customer is frozen by default, its budget unset', async () => {
    expect(await readBudget(partner, customer)).toMatchObject({
      freezeLevel: 'account',
      freezeCause: 'association-default',
      type: 'monthly',
      amount: '0.00',
      exhaustionMode: 'manual',
      standing: 'unset',
      budgetUsagePercent: null,
      version: 0,
    });
  });

  it('CUS-166, example 2: unfreezing without a budget says that one is needed; then setting one suffices', async () => {
    expect((await unfreeze(partner, [customer])).body.results).toMatchObject([
      { status: 'done', freezeLevel: 'none', notes: ['BUDGET_NOT_SET'] },
    ]);
    expect((await readBudget(partner, customer)).standing).toBe('unset');
    await setMonthly(partner, customer, '100.00');
    expect(await readBudget(partner, customer)).toMatchObject({ standing: 'within', freezeLevel: 'none' });
  });

  it('CUS-105, CUS-106, example 3: nothing at 74.99999999, one alert at 75.00000000', async () => {
    await giveBudget(partner, customer, '100.00');
    at('2024-08-06T09:30');
    await consume(customer, '74.99999999');
    at('2024-08-06T10:00');
    await evaluateHour();
    expect(await alertsOf(partner, customer)).toEqual([]);

    await consume(customer, '0.00000001');
    at('2024-08-06T11:00');
    await evaluateHour();
    expect(await alertsOf(partner, customer)).toEqual(['75 1 open']);
    expect(await eventsOf(customer, 'budget.alert-raised')).toMatchObject([
      {
        detail: {
          customerId: customer.customerId,
          accountName: customer.accountName,
          partnerId: partner.partnerId,
          budgetType: 'monthly',
          amount: '100.00',
          usage: '75.00',
          percent: '75.00',
          threshold: 75,
          period: '2024-08',
          exhaustionMode: 'manual',
          restriction: 'none',
          frozenNow: false,
        },
      },
    ]);
  });

  it('CUS-105, CUS-252, example 4: once a month, and again in the next one', async () => {
    await giveBudget(partner, customer, '100.00');
    at('2024-08-06T10:00');
    await consume(customer, '76');
    await evaluateHour();
    at('2024-08-07T10:00');
    await consume(customer, '4');
    await evaluateHour();
    expect(await toldThresholds(customer)).toEqual([75]);

    at('2024-09-04T10:00');
    await consume(customer, '76');
    await evaluateHour();
    expect(await toldThresholds(customer)).toEqual([75, 75]);
    expect(await alertsOf(partner, customer)).toEqual(['75 1 cleared', '75 1 open']);
  });

  it('CUS-107, example 5: from 50 to 95 in one hour is two alerts and one message', async () => {
    await giveBudget(partner, customer, '100.00');
    at('2024-08-06T10:00');
    await consume(customer, '50');
    await evaluateHour();
    await consume(customer, '45');
    at('2024-08-06T11:00');
    await evaluateHour();
    expect(await toldThresholds(customer)).toEqual([90]);
    expect(await alertsOf(partner, customer, true)).toEqual([
      '75 1 open superseded',
      expect.stringMatching(/^90 1 open (pending|sent)$/),
    ]);
  });

  it('CUS-110, example 7: exhausted in manual mode freezes nothing and says what is restricted', async () => {
    await giveBudget(partner, customer, '100.00', 'manual');
    at('2024-08-06T10:00');
    await consume(customer, '120');
    await evaluateHour();
    expect(await readBudget(partner, customer)).toMatchObject({ standing: 'exhausted', freezeLevel: 'none' });
    expect(await eventsOf(customer, 'budget.alert-raised')).toMatchObject([
      { detail: { threshold: 100, percent: '120.00', restriction: 'prepaid-purchases', frozenNow: false } },
    ]);
  });

  it('CUS-108, example 11: a raised budget arms the thresholds and 75 percent alerts a second time', async () => {
    await giveBudget(partner, customer, '100.00');
    at('2024-08-06T10:00');
    await consume(customer, '95');
    await evaluateHour();
    await setMonthly(partner, customer, '200.00');
    expect(await alertsOf(partner, customer)).toEqual(['75 1 cleared', '90 1 cleared']);
    at('2024-08-07T10:00');
    await evaluateHour();
    await consume(customer, '55');
    await evaluateHour();
    expect(await toldThresholds(customer)).toEqual([90, 75]);
    expect(await alertsOf(partner, customer)).toContain('75 2 open');
  });

  it('CUS-102, CUS-105: counters that move are evaluated at once, without waiting for the hour', async () => {
    await giveBudget(partner, customer, '100.00');
    clock.advance({ hours: 2, minutes: 7 });
    await consume(customer, '90');
    await drain();
    expect(await toldThresholds(customer)).toEqual([90]);
    await evaluateHour();
    await evaluateHour();
    expect(await toldThresholds(customer)).toEqual([90]); // CUS-113
  });

  it('CUS-091, CUS-097, example 16: a record of 31 August 23:59:59 that arrives on 1 September weighs on August alone', async () => {
    await giveBudget(partner, customer, '100.00');
    const end = at('2024-08-31T23:59:59');
    at('2024-09-01T09:00');
    await consume(customer, '99', end);
    await evaluateHour();
    expect(await readBudget(partner, customer)).toMatchObject({ currentEstimate: '0.00000000', standing: 'within' });
    expect(await alertsOf(partner, customer)).toEqual([]);
  });

  it('CUS-093, example 15: a refund does not lower the usage', async () => {
    await giveBudget(partner, customer, '1000.00');
    const paid = at('2024-08-10T10:00');
    await consume(customer, '300', paid, {
      billingMode: 'yearly-monthly',
      orderType: 'new-purchase',
      transactionTime: paid,
    });
    expect((await readBudget(partner, customer)).currentEstimate).toBe('300.00000000');
    const refunded = at('2024-08-11T10:00');
    await consume(customer, '-300', refunded, {
      billType: 'refund',
      billingMode: 'yearly-monthly',
      orderType: 'unsubscription',
      transactionTime: refunded,
    });
    expect((await readBudget(partner, customer)).currentEstimate).toBe('300.00000000');
  });
});
