import { beforeAll, describe, expect, it } from 'vitest';
import { cyclesToEstimate } from '#lib/billing/index.ts';
import { declareComplete } from '#lib/expenditures/index.ts';
import { instant } from '#lib/shared/time.ts';
import { handler as getMonthlyBill } from '../../functions/billing/get-monthly-bill.ts';
import { handler as refreshBillEstimates } from '../../functions/billing/refresh-bill-estimates.ts';
import { handler as setExchangeRate } from '../../functions/billing/set-exchange-rate.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  drain,
  invoke,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { percentage } from './discounts.ts';
import { aTaxRule, consume, grant, runBilling } from './world.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;
let other: TestCustomer;

beforeAll(async () => {
  clock.set('2024-07-01T00:00:00+08:00');
  await aTaxRule('SG', { VAT: '0.07' });
  partner = await aPartner({ paymentCurrency: 'HKD' });
  customer = await aCustomer({ of: partner });
  other = await aCustomer({ of: partner });
});

const refresh = async (dueAt: string): Promise<void> => {
  clock.set(dueAt);
  await runSchedule(refreshBillEstimates, dueAt);
  await drain();
};
const read = async (cycle: string) => (await invoke(getMonthlyBill, { as: partner, path: { cycle } })).body;
const spend = (of: TestCustomer, list: string, at: string) => consume(of, { list, at, exchangeRate: '7.8' });

describe('which cycles', () => {
  it.each([
    ['2024-08-01T01:00:00+08:00', ['2024-07', '2024-08']],
    ['2024-08-05T01:00:00+08:00', ['2024-07', '2024-08']],
    ['2024-08-06T01:00:00+08:00', ['2024-08']],
    ['2024-01-03T01:00:00+08:00', ['2023-12', '2024-01']],
  ])('FIN-65, FIN-67: a refresh of %s works on %j', (dueAt, cycles) => {
    expect(cyclesToEstimate(instant(dueAt))).toEqual(cycles);
  });

  it('FIN-65: daily at 01:00', () => {
    expect(refreshBillEstimates.definition).toMatchObject({
      schedule: 'cron(0 1 * * ? *)',
      timezone: 'Asia/Singapore',
    });
  });
});

describe('a month, day by day', () => {
  it('FIN-66: before the first refresh the estimate is zero and says so', async () => {
    await spend(customer, '100', '2024-07-01T10:00:00+08:00');
    expect(await read('2024-07')).toMatchObject({
      billEstimate: '0.00',
      asOf: null,
      exchangeRate: null,
      billEstimatePayment: null,
    });
  });

  it('FIN-65, FIN-66: shows what came until then, exact, rounded once, with the issue date', async () => {
    await spend(other, '0.004', '2024-07-01T11:00:00+08:00');
    await asSystem(() => declareComplete(instant('2024-07-01T23:00:00+08:00')));
    await refresh('2024-07-02T01:00:00+08:00');
    expect(await read('current')).toMatchObject({
      kind: 'estimate',
      status: 'estimated',
      expenditures: '100.00400000',
      billEstimate: '100.00',
      issueDate: '2024-08-05',
      asOf: '2024-07-01T17:00:00.000Z',
      usageCompleteThrough: '2024-07-01T15:00:00.000Z',
    });
  });

  it('FIN-48: in the payment currency by the latest known rate', async () => {
    const operator = await anOperator();
    const body = { rate: '7.8000', reason: 'month end' };
    await invoke(setExchangeRate, { as: operator, path: { currency: 'HKD', cycle: '2024-06' }, body });
    expect(await read('2024-07')).toMatchObject({ exchangeRate: '7.8000', billEstimatePayment: '780.03' });
  });

  it('FIN-65: a customer without new records keeps its sums, one with new ones is settled anew', async () => {
    await spend(customer, '11', '2024-07-02T10:00:00+08:00');
    await refresh('2024-07-03T01:00:00+08:00');
    expect(await read('2024-07')).toMatchObject({ expenditures: '111.00400000' });
  });

  it('FIN-32: a discount that was set changes the estimate of all its customers at the next refresh', async () => {
    await grant(partner, [percentage('0.5')], { from: '2024-07-02T00:00:00+08:00' });
    await refresh('2024-07-04T01:00:00+08:00');
    expect(await read('2024-07')).toMatchObject({ expenditures: '105.50400000' });
  });

  it('FIN-165: an older refresh that comes late changes nothing', async () => {
    await spend(customer, '1', '2024-07-04T10:00:00+08:00');
    await runSchedule(refreshBillEstimates, '2024-07-03T01:00:00+08:00');
    await drain();
    expect(await read('2024-07')).toMatchObject({ expenditures: '105.50400000', asOf: '2024-07-03T17:00:00.000Z' });
  });

  it.each([1, 2, 3, 4, 5])('FIN-165: a crash behind write %i of a refresh loses nothing', async (n) => {
    await spend(customer, '2', `2024-07-0${4 + n}T10:00:00+08:00`);
    using fault = crashAtWrite(n, 'after');
    clock.set(`2024-07-${10 + n}T01:00:00+08:00`);
    const start = () => runSchedule(refreshBillEstimates, clock.now());
    await start().catch(start); // the scheduler starts a failed job again
    await drain();
    expect(fault.struck).toBe(true);
    const exact = `${106 + n}.00400000`; // 105.504 + half of 1 + half of n times 2
    expect(await read('2024-07')).toMatchObject({ expenditures: exact });
  });

  it('FIN-67: from the 1st until the issue the month just over is still an estimate, then a bill', async () => {
    clock.set('2024-08-02T00:30:00+08:00');
    await spend(customer, '8', '2024-07-31T10:00:00+08:00');
    await refresh('2024-08-02T01:00:00+08:00');
    expect(await read('2024-07')).toMatchObject({ kind: 'estimate', billEstimate: '115.00', issueDate: '2024-08-05' });
    const operator = await anOperator();
    const body = { rate: '7.7523', reason: 'month end' };
    await invoke(setExchangeRate, { as: operator, path: { currency: 'HKD', cycle: '2024-07' }, body });
    clock.set('2024-08-05T02:30:00+08:00');
    await runBilling('2024-08-05T02:00:00+08:00');
    // 115.004 and 7 % of it
    expect(await read('2024-07')).toMatchObject({
      kind: 'bill',
      expenditures: '115.00400000',
      billAmountExact: '123.05428000',
    });
  });
});

it('FIN-67: a parked bill is still an estimate', async () => {
  clock.set('2024-09-01T00:00:00+08:00');
  const parked = await aPartner({ registrationArea: { countryRegion: 'FR' } });
  await consume(await aCustomer({ of: parked }), { list: '5', at: '2024-09-10T10:00:00+08:00' });
  await refresh('2024-10-01T01:00:00+08:00');
  clock.set('2024-10-05T02:30:00+08:00');
  await runBilling('2024-10-05T02:00:00+08:00');
  const { body } = await invoke(getMonthlyBill, { as: parked, path: { cycle: '2024-09' } });
  expect(body).toMatchObject({ kind: 'estimate', status: 'generating', billEstimate: '5.00' });
});
