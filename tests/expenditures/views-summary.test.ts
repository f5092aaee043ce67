import { beforeAll, describe, expect, it } from 'vitest';
import { closeMonth } from '#lib/expenditures/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { handler as listDetails } from '../../functions/expenditures/list-expenditure-details.ts';
import { giveStanding } from '../organization/critical-operation.ts';
import {
  aMember,
  anOperator,
  aPartner,
  asSystem,
  clock,
  drain,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
  waitingMessages,
} from '../support/index.ts';
import { anOldCustomer, charged, details, dueOf, hourTo, paidAt, summary, sumsOf } from './views.ts';

useStack();

let partner: TestPartner;

beforeAll(async () => {
  clock.set('2024-09-20T10:00:00+08:00');
  partner = await aPartner();
});

/** Charges of all kinds on days that are published. */
async function aVariedMonth(wish: Parameters<typeof anOldCustomer>[1] = {}): Promise<TestCustomer> {
  const customer = await anOldCustomer(partner, wish);
  await charged(
    customer,
    { ...hourTo('2024-09-02T10:00:00+08:00'), listPrice: '0.00001605990' },
    { ...hourTo('2024-09-12T10:00:00+08:00'), listPrice: '1.10' },
    { ...hourTo('2024-09-12T11:00:00+08:00'), listPrice: '2.20', productType: 'Object Storage' },
    { ...paidAt('2024-09-05T10:00:00+08:00'), listPrice: '16747.17' },
    { ...paidAt('2024-09-06T10:00:00+08:00'), listPrice: '-14175.00', billType: 'refund', orderType: 'unsubscription' },
    { ...hourTo('2024-09-07T10:00:00+08:00'), listPrice: '-0.50', billType: 'adjustment' },
  );
  return customer;
}

describe('list-expenditure-summary', () => {
  it('ORD-127: one row per bill type, service type and billing mode', async () => {
    const { body } = await summary(partner, await aVariedMonth(), '2024-09');
    expect(body).toMatchObject({
      spentOn: '2024-09',
      publishedThrough: '2024-09-18',
      pendingDays: [],
      currency: 'USD',
    });
    expect(body.rows).toMatchObject([
      {
        billType: 'expenditure',
        productType: 'Elastic Cloud Server',
        billingMode: 'pay-per-use',
        amount: '1.1000160599',
      },
      {
        billType: 'expenditure',
        productType: 'Elastic Cloud Server',
        billingMode: 'yearly-monthly',
        amount: '16747.17000000',
      },
      { billType: 'expenditure', productType: 'Object Storage', billingMode: 'pay-per-use', amount: '2.20000000' },
      {
        billType: 'refund',
        productType: 'Elastic Cloud Server',
        billingMode: 'yearly-monthly',
        amount: '-14175.00000000',
      },
      {
        billType: 'adjustment',
        productType: 'Elastic Cloud Server',
        billingMode: 'pay-per-use',
        amount: '-0.50000000',
      },
    ]);
  });

  it('ORD-135: amount and refunds are figures of their own, not netted', async () => {
    const { totals } = (await summary(partner, await aVariedMonth(), '2024-09')).body;
    expect(totals).toMatchObject({
      expenditure: { amount: '16750.4700160599' },
      refund: { amount: '-14175.00000000' },
      adjustment: { amount: '-0.50000000' },
    });
  });

  it('ORD-132: the equation holds for every row and total', async () => {
    const customer = await anOldCustomer(partner, { type: 'referral' });
    const payment = { discount: '1.50', cashPayments: '3.25', couponsUsed: '2.00', monthlySettlement: '3.25' };
    const paid = { ...hourTo('2024-09-02T10:00:00+08:00'), listPrice: '10.00', payment };
    await charged(customer, paid, paid, { ...hourTo('2024-09-03T10:00:00+08:00'), listPrice: '1.00' });
    const { rows, totals } = (await summary(partner, customer, '2024-09')).body;
    expect(totals.expenditure).toEqual({
      listPrice: '21.00000000',
      discount: '3.00000000',
      amount: '18.00000000',
      cashPayments: '6.50000000',
      couponsUsed: '4.00000000',
      monthlySettlement: '7.50000000',
    });
    for (const figures of [...rows, ...Object.values(totals)]) {
      const amount = parseMoney(figures.amount);
      expect(dueOf(figures)).toEqual({ charged: amount, paid: amount });
    }
  });

  it('ORD-167: a row links to details of the same amount, and all rows together are all details', async () => {
    const customer = await aVariedMonth();
    const { rows, totals } = (await summary(partner, customer, '2024-09')).body;
    for (const row of rows) {
      const query = Object.fromEntries(new URL(row.details, 'http://localhost').searchParams);
      const { items } = (await invoke(listDetails, { as: partner, query })).body;
      const sums: Record<string, bigint> = sumsOf(items);
      expect(sums[row.billType]).toBe(parseMoney(row.amount));
    }
    const { items } = (await details(partner, customer, '2024-09')).body;
    const texts: [string, { amount: string }][] = Object.entries(totals);
    expect(Object.fromEntries(texts.map(([type, { amount }]) => [type, parseMoney(amount)]))).toEqual(sumsOf(items));
  });

  it('ORD-131: association types are rows of their own and a filter', async () => {
    const referral = await aVariedMonth({ type: 'referral' });
    const { rows } = (await summary(partner, referral, '2024-09')).body;
    expect(rows).toHaveLength(5);
    expect(new Set(rows.map(({ associationType }: { associationType: string }) => associationType))).toEqual(
      new Set(['referral']),
    );
    const none = (await summary(partner, referral, '2024-09', { associationType: 'reseller' })).body;
    expect(none).toMatchObject({ rows: [], totals: { expenditure: { amount: '0.00000000' } } });
  });

  it('ORD-129, ORD-130, CUS-100, CUS-101: carries the notice, no tax, and how far it reaches', async () => {
    const { body } = await summary(partner, await anOldCustomer(partner), '2024-09');
    expect(body).toMatchObject({ taxIncluded: false, usageCompleteThrough: null, asOf: clock.now(), rows: [] });
    expect(body.notice).toMatch(/not the partner's bill/);
  });
});

describe('days of list-expenditure-summary', () => {
  it('ORD-136: usage that ends at midnight is of the day before, an order paid at midnight of the new day', async () => {
    const customer = await anOldCustomer(partner);
    await charged(
      customer,
      { ...hourTo('2024-09-11T00:00:00+08:00'), listPrice: '1.00' },
      { ...paidAt('2024-09-11T00:00:00+08:00'), listPrice: '2.00' },
    );
    const now = clock.now();
    const amountAt = async (time: string) => {
      clock.set(time);
      return (await summary(partner, customer, '2024-09')).body.totals.expenditure.amount;
    };
    expect(await amountAt('2024-09-11T23:59:59+08:00')).toBe('0.00000000');
    expect(await amountAt('2024-09-12T00:00:00+08:00')).toBe('1.00000000');
    expect(await amountAt('2024-09-13T00:00:00+08:00')).toBe('3.00000000');
    clock.set(now);
  });

  it('FIN-14, ORD-133: a late record is in the cycle that bills it, with its true day', async () => {
    const other = await aPartner();
    const customer = await anOldCustomer(other);
    await asSystem((now) => closeMonth(other.partnerId, '2024-08' as BillingMonth, now));
    const late = { ...hourTo('2024-08-30T10:00:00+08:00'), listPrice: '3.00' };
    await charged(customer, late, { ...hourTo('2024-09-02T10:00:00+08:00'), listPrice: '4.00' });
    const amountOf = async (cycle: string) => (await summary(other, customer, cycle)).body.totals.expenditure.amount;
    expect([await amountOf('2024-08'), await amountOf('2024-09')]).toEqual(['0.00000000', '7.00000000']);
    const { items } = (await details(other, customer, '2024-09')).body;
    expect(items).toMatchObject([
      { late: false, spentTo: '2024-09-02T02:00:00.000Z' },
      { late: true, spentTo: '2024-08-30T02:00:00.000Z', status: 'estimated' },
    ]);
  });

  it('ORD-128: days that are too many for a request are named as pending, then summed up by the job, exactly', async () => {
    const customer = await anOldCustomer(partner);
    const many = Array.from({ length: 1_995 }, () => ({ ...hourTo('2024-09-10T00:00:00+08:00'), listPrice: '0.01' }));
    const few = Array.from({ length: 10 }, () => ({ ...hourTo('2024-09-10T10:00:00+08:00'), listPrice: '1.00' }));
    await charged(customer, ...many, ...few);
    const read = async () => {
      const { pendingDays, totals } = (await summary(partner, customer, '2024-09')).body;
      return [pendingDays, totals.expenditure.amount];
    };
    expect(await read()).toEqual([['2024-09-10'], '19.95000000']);
    expect(await waitingMessages('expenditure-summaries')).toMatchObject([
      { customerId: customer.customerId, day: '10' },
    ]);
    await drain();
    expect(await read()).toEqual([[], '29.95000000']);

    // a record that comes in afterwards makes the stored day stale, never wrong
    await charged(customer, { ...hourTo('2024-09-10T11:00:00+08:00'), listPrice: '5.00' });
    expect(await read()).toEqual([['2024-09-10'], '19.95000000']);
    await drain();
    expect(await read()).toEqual([[], '34.95000000']);
  }, 120_000);
});

describe('who sees the expenditure summary', () => {
  it("ORD-08: another partner's member gets CUSTOMER_NOT_FOUND", async () => {
    const stranger = await aMember({ of: await aPartner() });
    expect(await summary(stranger, await anOldCustomer(partner), '2024-09')).toMatchObject({
      status: 404,
      body: { code: 'CUSTOMER_NOT_FOUND' },
    });
  });

  it('ORD-138: operator, customer, distributor and reseller see it', async () => {
    const distributor = await aPartner({ type: 'distributor' });
    const reseller = await aPartner({ of: distributor });
    const customer = await anOldCustomer(reseller);
    await charged(customer, { listPrice: '7.00' });
    for (const as of [await anOperator(), customer, distributor, reseller]) {
      expect((await summary(as, customer, '2024-09')).body.totals.expenditure.amount).toBe('7.00000000');
    }
  });

  it('ORD-141: BILL_ACCESS_REVOKED to the customer of a partner that revoked the permission', async () => {
    const hiding = await aPartner();
    const customer = await anOldCustomer(hiding);
    await giveStanding(hiding.partnerId, { revokeBillAndCostAccess: true });
    expect(await summary(customer, customer, '2024-09')).toMatchObject({
      status: 403,
      body: { code: 'BILL_ACCESS_REVOKED' },
    });
    expect(await summary(hiding, customer, '2024-09')).toMatchObject({ status: 200 });
  });
});
