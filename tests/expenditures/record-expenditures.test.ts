import { beforeAll, describe, expect, it } from 'vitest';
import { usageMoved } from '#events/expenditures.ts';
import { loadCustomer } from '#lib/customers/index.ts';
import { loadRecord, productKey, usageCompleteThrough } from '#lib/expenditures/index.ts';
import { handler } from '../../functions/expenditures/record-expenditures.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  type Caller,
  clock,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aCharge, charges } from './charges.ts';
import { aLongCustomer, at, monthOf, recordIdsOn } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;

beforeAll(async () => {
  clock.set('2024-09-19T10:00:00+08:00');
  operator = await anOperator();
  partner = await aPartner();
});

const record = (records: unknown[], headers = {}) => invoke(handler, { as: operator, body: { records }, headers });
const receiptsOf = async (...records: unknown[]) => (await record(records)).body.receipts;

describe('record-expenditures', () => {
  it('CUS-091, FIN-21, DEV-15: adds the list price to the counter of the month, with receipt, record and event', async () => {
    const customer = await aLongCustomer({ of: partner });
    const charge = aCharge(customer, { listPrice: '0.0000160599' });
    expect(await record([charge])).toMatchObject({
      status: 200,
      body: {
        receipts: [
          { recordId: charge.recordId, receipt: 'counted', billingCycle: '2024-09', consumptionMonth: '2024-09' },
        ],
        totals: { counted: 1, late: 0, duplicate: 0, conflict: 0, rejected: 0 },
      },
    });
    expect(await monthOf({ partner, customer })).toMatchObject({
      usage: '0.0000160599',
      count: 1,
      expenditure: '0.0000160599',
    });
    expect(await loadRecord(charge.recordId)).toMatchObject({
      partnerId: partner.partnerId,
      late: false,
      listPrice: 16_059_900n,
    });
    const moved = (await publishedEvents('usage.moved')).filter(
      ({ detail }) => detail.customerId === customer.customerId,
    );
    expect(moved.map(({ detail }) => usageMoved.detail.parse(detail))).toEqual([
      {
        partnerId: partner.partnerId,
        customerId: customer.customerId,
        month: '2024-09',
        usage: '0.0000160599',
        products: { [productKey('hws.service.type.ec2', 'Hours')]: '1.00' },
        movedAt: clock.now(),
      },
    ]);
  });

  it('CUS-093, FIN-33: refunds and adjustments are billed but neither reduce nor announce usage', async () => {
    const customer = await aLongCustomer({ of: partner });
    await record([
      aCharge(customer, { listPrice: '100' }),
      aCharge(customer, { billType: 'refund', listPrice: '-40' }),
      aCharge(customer, { billType: 'adjustment', listPrice: '-12.5' }),
      aCharge(customer, { billType: 'adjustment', listPrice: '2.5' }),
    ]);
    const month = { usage: '100.00', expenditure: '100.00', refund: '-40.00', adjustment: '-10.00', count: 4 };
    expect(await monthOf({ partner, customer })).toMatchObject(month);
    await record([aCharge(customer, { billType: 'refund', listPrice: '-1' })]);
    const moved = (await publishedEvents('usage.moved')).filter(
      ({ detail }) => detail.customerId === customer.customerId,
    );
    expect(moved).toHaveLength(1);
  });

  it('CUS-094, CUS-095: a subscription counts in full at its payment time', async () => {
    const customer = await aLongCustomer({ of: partner });
    const term = { spentFrom: '2024-09-01T00:00:00+08:00', spentTo: '2025-09-01T00:00:00+08:00' };
    const order = {
      billingMode: 'yearly-monthly',
      orderType: 'new-purchase',
      transactionTime: '2024-09-01T00:00:00+08:00',
    };
    await record([aCharge(customer, { ...order, ...term, listPrice: '1200' })]);
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: '1200.00', count: 1 });
  });

  it('CUS-096: the same record again is a duplicate, the same id with other content a conflict', async () => {
    const customer = await aLongCustomer({ of: partner });
    const charge = aCharge(customer);
    await record([charge]);
    const months = { billingCycle: '2024-09', consumptionMonth: '2024-09' };
    expect(await receiptsOf(charge, { ...charge, listPrice: '2.00' })).toMatchObject([
      { receipt: 'duplicate', ...months },
      { receipt: 'conflict', ...months, code: 'CONTENT_CONFLICT', quarantineEntryId: expect.any(String) },
    ]);
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: '1.00', count: 1 });
  });

  it('CUS-096: the same id twice in one batch counts once', async () => {
    const customer = await aLongCustomer({ of: partner });
    const charge = aCharge(customer);
    const receipts = await receiptsOf(charge, charge, { ...charge, usage: '2' });
    expect(receipts.map(({ receipt }: { receipt: string }) => receipt)).toEqual(['counted', 'duplicate', 'conflict']);
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: '1.00', count: 1 });
  });

  it('CUS-096: a conflict at the head of a batch does not make a conflict of the stored content behind it', async () => {
    const customer = await aLongCustomer({ of: partner });
    const charge = aCharge(customer);
    await record([charge]);
    const receipts = await receiptsOf({ ...charge, usage: '2' }, charge);
    expect(receipts.map(({ receipt }: { receipt: string }) => receipt)).toEqual(['conflict', 'duplicate']);
  });

  it('CUS-096: 500 records in one batch are taken, 501 and none are refused', async () => {
    const customer = await aLongCustomer({ of: partner });
    const full = charges(500, customer, { listPrice: '0.01' });
    expect((await record(full)).body.totals.counted).toBe(500);
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: '5.00', count: 500 });
    expect(await record([...full, aCharge(customer)])).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
    expect(await record([])).toMatchObject({ status: 400, body: { code: 'INPUT_INVALID' } });
  });

  it('CUS-096: a bad record is refused by itself, with its fields, and kept', async () => {
    const customer = await aLongCustomer({ of: partner });
    const good = aCharge(customer);
    const receipts = await receiptsOf(
      aCharge(customer, { listPrice: '0.0000000000001', currency: 'usd' }),
      good,
      'nonsense',
    );
    expect(receipts).toMatchObject([
      { receipt: 'rejected', code: 'RECORD_INVALID', reasons: [{ pointer: '/listPrice' }, { pointer: '/currency' }] },
      { receipt: 'counted', recordId: good.recordId },
      { receipt: 'rejected', code: 'RECORD_INVALID', quarantineEntryId: expect.any(String) },
    ]);
  });

  it('CUS-254: another currency is refused, another payment currency needs the rate of the record', async () => {
    const european = await aPartner({ paymentCurrency: 'EUR' });
    const customer = await aLongCustomer({ of: european });
    const receipts = await receiptsOf(
      aCharge(customer, { currency: 'EUR' }),
      aCharge(customer),
      aCharge(customer, { listPrice: '10', exchangeRate: '0.9123' }),
    );
    expect(receipts).toMatchObject([
      { code: 'CURRENCY_NOT_SUPPORTED' },
      { code: 'EXCHANGE_RATE_MISSING' },
      { receipt: 'counted' },
    ]);
    expect(await monthOf({ partner: european, customer })).toMatchObject({ usage: '9.123', expenditure: '10.00' });
  });

  it('CUS-098, FIN-12: what ended before the association is refused, what ends after it counts', async () => {
    const customer = await at('2024-09-18T14:00:00+08:00', () => aCustomer({ of: partner }));
    const later = { spentTo: '2024-09-18T15:00:00+08:00' };
    expect(await receiptsOf(aCharge(customer), aCharge(customer, later))).toMatchObject([
      { receipt: 'rejected', code: 'NOT_ASSOCIATED_AT_CONSUMPTION' },
      { receipt: 'counted' },
    ]);
  });

  it('FIN-10: a record that ends exactly at 00:00 on the 1st belongs to the month just over', async () => {
    const customer = await aLongCustomer({ of: partner });
    const midnight = aCharge(customer, { spentTo: '2024-10-01T00:00:00+08:00' });
    const behind = aCharge(customer, { spentTo: '2024-10-01T00:00:00.001+08:00' });
    expect(await receiptsOf(midnight, behind)).toMatchObject([
      { billingCycle: '2024-09' },
      { billingCycle: '2024-10' },
    ]);
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: '1.00' });
    expect(await monthOf({ partner, customer }, '2024-10')).toMatchObject({ usage: '1.00' });
  });

  it('ORD-131, FIN-11: records of a referral customer are kept for its views, neither counted nor billed', async () => {
    const customer = await aLongCustomer({ of: partner, type: 'referral' });
    const charge = aCharge(customer);
    expect(await receiptsOf(charge, charge)).toMatchObject([{ receipt: 'counted' }, { receipt: 'duplicate' }]);
    expect(await loadRecord(charge.recordId)).toMatchObject({ associationType: 'referral' });
    expect(await monthOf({ partner, customer })).toBeUndefined();
    expect(await recordIdsOn({ partner, customer }, '2024-09')).toEqual([]);
  });

  it('CUS-099: usage of an account-frozen customer keeps counting', async () => {
    const customer = await aLongCustomer({ of: partner });
    expect(await loadCustomer(customer.customerId)).toMatchObject({ control: { freezeLevel: 'account' } });
    expect(await receiptsOf(aCharge(customer))).toMatchObject([{ receipt: 'counted' }]);
    expect(await monthOf({ partner, customer })).toMatchObject({ usage: '1.00' });
  });

  it("FIN-13, DEV-11: a reseller's customer is counted for the distributor, with its reseller", async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const customer = await aLongCustomer({ of: reseller });
    const charge = aCharge(customer);
    await record([charge]);
    expect(await loadRecord(charge.recordId)).toMatchObject({
      partnerId: distributor.partnerId,
      resellerId: reseller.partnerId,
    });
    expect(await monthOf({ partner: distributor, customer })).toMatchObject({ usage: '1.00' });
  });

  it('CUS-096: the customer may be named by its account', async () => {
    const customer = await aLongCustomer({ of: partner });
    const { customerId: _customerId, ...charge } = aCharge(customer);
    const receipts = await receiptsOf(
      { ...charge, accountId: customer.accountId },
      { ...charge, recordId: 'other', accountId: 'nobody' },
    );
    expect(receipts).toMatchObject([
      { receipt: 'counted' },
      { receipt: 'rejected', code: 'UNKNOWN_CUSTOMER', reasons: [{ pointer: '/accountId' }] },
    ]);
  });

  it('CUS-102: the feed says up to when it is complete, and never takes that back', async () => {
    const customer = await aLongCustomer({ of: partner });
    const declare = (completeThrough: string) =>
      invoke(handler, { as: operator, body: { records: [aCharge(customer)], completeThrough } });
    await declare('2024-09-18T14:00:00+08:00');
    expect(await usageCompleteThrough()).toBe('2024-09-18T06:00:00.000Z');
    await declare('2024-09-18T13:00:00+08:00');
    expect(await usageCompleteThrough()).toBe('2024-09-18T06:00:00.000Z');
    await declare('2024-09-18T15:00:00+08:00');
    expect(await usageCompleteThrough()).toBe('2024-09-18T07:00:00.000Z');
  });

  it('ORD-07: the same Idempotency-Key gets the first answer, of several transactions too', async () => {
    const customer = await aLongCustomer({ of: partner });
    const batch = charges(200, customer);
    const first = await record(batch, { 'Idempotency-Key': 'batch-1' });
    const second = await record(batch, { 'Idempotency-Key': 'batch-1' });
    expect(second.body).toEqual(first.body);
    expect(second.body.totals).toMatchObject({ counted: 200, duplicate: 0 });
    expect(await record(batch.slice(1), { 'Idempotency-Key': 'batch-1' })).toMatchObject({ status: 422 });
  });
});
