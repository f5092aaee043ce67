import { beforeAll, describe, expect, it } from 'vitest';
import { billIssued, billNoPaymentDue, billParked } from '#events/billing.ts';
import { watchRun } from '#lib/billing/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import billIssuedSample from '../../events/samples/bill.issued.v1.json' with { type: 'json' };
import billNoPaymentDueSample from '../../events/samples/bill.no-payment-due.v1.json' with { type: 'json' };
import billParkedSample from '../../events/samples/bill.parked.v1.json' with { type: 'json' };
import { handler as getBillRun } from '../../functions/billing/get-bill-run.ts';
import { handler as listBillRuns } from '../../functions/billing/list-bill-runs.ts';
import { handler as rerunPartnerBill } from '../../functions/billing/rerun-partner-bill.ts';
import { handler as startBillRun } from '../../functions/billing/start-bill-run.ts';
import { handler as watchBillRun } from '../../functions/billing/watch-bill-run.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  drain,
  invoke,
  publishedEvents,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { allLines } from './lines.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

const JULY = '2024-07' as BillingMonth;
let operator: Caller;
let singapore: TestPartner; // taxed, USD
let noRule: TestPartner; // an area without tax rule
let idle: TestPartner; // never has a record
let distributor: TestPartner;
let customers: Record<'singapore' | 'noRule' | 'direct' | 'ofReseller', TestCustomer>;
let reseller: TestPartner;

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.09' });
  await aTaxRule('DE');
  singapore = await aPartner();
  noRule = await aPartner({ registrationArea: { countryRegion: 'FR' } });
  idle = await aPartner();
  distributor = await aPartner({ type: 'distributor', registrationArea: { countryRegion: 'DE' } });
  reseller = await aPartner({ of: distributor, companyName: 'Reselling Ltd', accountName: 'reselling' });
  customers = {
    singapore: await aCustomer({ of: singapore }),
    noRule: await aCustomer({ of: noRule }),
    direct: await aCustomer({ of: distributor }),
    ofReseller: await aCustomer({ of: reseller }),
  };
  const at = '2024-07-10T10:00:00+08:00';
  clock.set('2024-07-20T00:00:00+08:00');
  for (const customer of Object.values(customers)) await consume(customer, { list: '100', at });
});

const room = async (cycle: string, query = {}) =>
  (await invoke(getBillRun, { as: operator, path: { cycle }, query: { limit: 100, ...query } })).body;
const placeOf = async (partner: TestPartner, cycle = '2024-07') =>
  (await room(cycle)).items.find((item: { partnerId: string }) => item.partnerId === partner.partnerId);

it('FIN-06: a cycle that is not over cannot be billed, by nobody', async () => {
  clock.set('2024-07-31T23:59:59+08:00');
  const answer = await invoke(startBillRun, { as: operator, body: { cycle: '2024-07' } });
  expect(answer).toMatchObject({ status: 409, body: { code: 'CYCLE_NOT_CLOSED' } });
  expect((await invoke(startBillRun, { as: operator, body: { cycle: 'July' } })).status).toBe(400);
});

it('FIN-19: before a run there is nothing to see or to repeat', async () => {
  const unknown = { as: operator, path: { cycle: '2024-07' } };
  expect(await invoke(getBillRun, unknown)).toMatchObject({ status: 404, body: { code: 'RUN_NOT_FOUND' } });
  const rerun = { as: operator, path: { cycle: '2024-07', partnerId: idle.partnerId }, body: { reason: 'test' } };
  expect(await invoke(rerunPartnerBill, rerun)).toMatchObject({ status: 404, body: { code: 'PARTNER_NOT_IN_RUN' } });
});

it('FIN-06: the watchdog counts a run that was never started', async () => {
  expect(await asSystem(() => watchRun(JULY))).toBe(1);
});

describe('the run of 2024-07', () => {
  beforeAll(async () => {
    clock.set('2024-08-05T02:00:00+08:00');
    const answer = await invoke(startBillRun, { as: operator, body: { cycle: '2024-07' } });
    expect(answer).toMatchObject({ status: 202, body: { cycle: '2024-07', state: 'planning' } });
    await drain();
  });

  it('FIN-19: shows every partner with its state; one that fails does not stop the others', async () => {
    const { run } = await room('2024-07');
    expect(run).toMatchObject({
      state: 'running',
      partners: { expected: 0, generating: 0, issued: 2, 'nothing-to-bill': 1, parked: 1 },
      billAmountExact: '309.00000000',
      amountDue: '309.00',
    });
    expect(await placeOf(singapore)).toMatchObject({
      state: 'issued',
      records: 1,
      lines: { count: 1, due: '109.00000000' },
      bill: { status: 'unpaid', amountDue: '109.00', late: false },
      linesEqualHeader: true,
    });
    expect(await room('2024-07', { state: 'parked' })).toMatchObject({ items: [{ partnerId: noRule.partnerId }] });
    expect((await room('2024-07', { limit: 1 })).nextCursor).toBeTypeOf('string');
  });

  it('FIN-16: a partner without any line gets no bill', async () => {
    expect(await placeOf(idle)).toMatchObject({ state: 'nothing-to-bill', bill: null, records: 0 });
  });

  it('FIN-38: a partner whose area has no tax rule is parked with the cause', async () => {
    expect(await placeOf(noRule)).toMatchObject({ state: 'parked', cause: { code: 'TAX_RULE_MISSING' } });
    const [parked] = await publishedEvents('bill.parked');
    expect(billParked.detail.parse(parked?.detail)).toMatchObject({
      partnerId: noRule.partnerId,
      code: 'TAX_RULE_MISSING',
    });
  });

  it('FIN-13: a distributor gets one bill for its own customers and those of its resellers, whose lines name the reseller', async () => {
    const lines = await allLines(distributor, '2024-07');
    const columns = new Map(lines.map(({ customerId, ...line }) => [customerId, line]));
    expect(lines).toHaveLength(2);
    expect(columns.get(customers.direct.customerId)).toMatchObject({
      partnerId: distributor.partnerId,
      partnerName: distributor.partner.companyName,
      partnerAccountName: distributor.partner.accountName,
    });
    expect(columns.get(customers.ofReseller.customerId)).toMatchObject({
      partnerId: reseller.partnerId,
      partnerName: 'Reselling Ltd',
      partnerAccountName: 'reselling',
    });
  });

  it('FIN-15: a second start answers with the same run and makes no second bill', async () => {
    clock.set('2024-08-05T04:00:00+08:00');
    const answer = await invoke(startBillRun, { as: operator, body: { cycle: '2024-07' } });
    expect(answer).toMatchObject({ status: 202, body: { startedAt: '2024-08-04T18:00:00.000Z', state: 'running' } });
    await drain();
    expect(await publishedEvents('bill.issued')).toHaveLength(2);
  });

  it('FIN-06, FIN-20: the watchdog counts the partners without final bill at 10:00 and at noon', async () => {
    expect(watchBillRun.definition).toMatchObject({ schedule: 'cron(0 10,12 5 * ? *)', timezone: 'Asia/Singapore' });
    expect(await asSystem(() => watchRun(JULY))).toBe(1);
    await runSchedule(watchBillRun, '2024-08-05T10:00:00+08:00');
  });

  it('FIN-15: a rerun of an issued bill is an answer with that bill', async () => {
    const path = { cycle: '2024-07', partnerId: singapore.partnerId };
    const answer = await invoke(rerunPartnerBill, { as: operator, path, body: { reason: 'asked by mistake' } });
    expect(answer).toMatchObject({ status: 202, body: { state: 'issued', bill: { amountDue: '109.00' } } });
    await drain();
    expect(await publishedEvents('bill.issued')).toHaveLength(2);
  });

  it('FIN-19, FIN-20: a parked partner is rerun alone, and its bill is late', async () => {
    await aTaxRule('FR', { VAT: '0.20' });
    clock.set('2024-08-05T12:00:00+08:00');
    const path = { cycle: '2024-07', partnerId: noRule.partnerId };
    expect((await invoke(rerunPartnerBill, { as: operator, path, body: {} })).status).toBe(400); // a reason is mandatory
    await invoke(rerunPartnerBill, { as: operator, path, body: { reason: 'tax rule set' } });
    await drain();
    expect(await placeOf(noRule)).toMatchObject({
      state: 'issued',
      cause: null,
      bill: { amountDue: '120.00', late: true },
    });
    expect((await room('2024-07')).run).toMatchObject({ state: 'complete', partners: { issued: 3, parked: 0 } });
    expect(await asSystem(() => watchRun(JULY))).toBe(0);
    expect(await publishedEvents('bill.issued')).toHaveLength(3);
  });
});

describe('two cycles', () => {
  it('FIN-14: what arrives after the lines were frozen is on the next bill, with its true time and marked late', async () => {
    clock.set('2024-08-20T10:00:00+08:00');
    await consume(customers.singapore, { list: '7', at: '2024-07-15T10:00:00+08:00' });
    await consume(customers.singapore, { list: '50', at: '2024-08-15T10:00:00+08:00' });
    clock.set('2024-09-05T02:30:00+08:00');
    await runBilling('2024-09-05T02:00:00+08:00');

    const lines = await allLines(singapore, '2024-08');
    expect(
      lines.map(({ cycle, transactionTime, late, expenditure }) => ({ cycle, transactionTime, late, expenditure })),
    ).toEqual([
      { cycle: '2024-08', transactionTime: '2024-07-15T10:00:00+08:00', late: true, expenditure: '7.00000000' },
      { cycle: '2024-08', transactionTime: '2024-08-15T10:00:00+08:00', late: false, expenditure: '50.00000000' },
    ]);
    expect(await placeOf(singapore)).toMatchObject({ bill: { amountDue: '109.00' } }); // FIN-14: July's stays
    expect(await placeOf(singapore, '2024-08')).toMatchObject({ bill: { amountDue: '62.13' } });
  });

  it('FIN-165: runs are listed with the newest cycle first', async () => {
    const { body } = await invoke(listBillRuns, { as: operator, query: { limit: 1 } });
    expect(body.items).toMatchObject([{ cycle: '2024-08', state: 'complete', startedBy: 'system' }]);
    const next = await invoke(listBillRuns, { as: operator, query: { limit: 1, cursor: body.nextCursor } });
    expect(next.body.items).toMatchObject([{ cycle: '2024-07' }]);
  });
});

it('FIN-46: 0.00 and −0.004 are nothing to pay', async () => {
  clock.set('2024-09-01T00:00:00+08:00');
  const at = '2024-09-10T10:00:00+08:00';
  await consume(customers.direct, { list: '0', at }, { billType: 'adjustment', list: '-0.004', at });
  await consume(customers.noRule, { list: '0', at });
  clock.set('2024-10-05T02:30:00+08:00');
  await runBilling('2024-10-05T02:00:00+08:00');
  expect(await placeOf(distributor, '2024-09')).toMatchObject({
    bill: { status: 'no-payment-due', billAmountExact: '-0.00400000', amountDue: '0.00' },
  });
  expect(await placeOf(noRule, '2024-09')).toMatchObject({ bill: { status: 'no-payment-due', amountDue: '0.00' } });
});

it('FIN-47: a payment currency without a rate for the cycle parks the partner', async () => {
  clock.set('2024-10-01T00:00:00+08:00');
  const partner = await aPartner({ paymentCurrency: 'CLP' });
  await consume(await aCustomer({ of: partner }), { list: '1', at: '2024-10-10T10:00:00+08:00', exchangeRate: '900' });
  clock.set('2024-11-05T02:30:00+08:00');
  await runBilling('2024-11-05T02:00:00+08:00');
  expect(await placeOf(partner, '2024-10')).toMatchObject({
    state: 'parked',
    cause: { code: 'EXCHANGE_RATE_MISSING' },
  });
});

describe('contracts', () => {
  it('FIN-17, FIN-18: events are what their samples show', async () => {
    expect(billIssued.detail.parse(billIssuedSample)).toEqual(billIssuedSample);
    expect(billNoPaymentDue.detail.parse(billNoPaymentDueSample)).toEqual(billNoPaymentDueSample);
    expect(billParked.detail.parse(billParkedSample)).toEqual(billParkedSample);
  });

  it('FIN-18: a published bill has the members of the sample', async () => {
    const [published] = await publishedEvents('bill.issued');
    expect(Object.keys(published?.detail ?? {}).sort()).toEqual(Object.keys(billIssuedSample).sort());
    const [free] = await publishedEvents('bill.no-payment-due');
    expect(Object.keys(free?.detail ?? {}).sort()).toEqual(Object.keys(billNoPaymentDueSample).sort());
  });
});
