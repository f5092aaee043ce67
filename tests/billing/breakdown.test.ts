import { beforeAll, describe, expect, it } from 'vitest';
import { handler as getMonthlyBill } from '../../functions/billing/get-monthly-bill.ts';
import { handler as listBillCustomers } from '../../functions/billing/list-bill-customers.ts';
import { handler as listBillProducts } from '../../functions/billing/list-bill-products.ts';
import { handler as refreshEstimates } from '../../functions/billing/refresh-bill-estimates.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { allLines } from './lines.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

let partner: TestPartner;
let stranger: TestPartner;
let operator: Caller;
let atlas: TestCustomer;
let zenith: TestCustomer;
const july = (day: string) => `2024-07-${day}T10:00:00+08:00`;
const idOf = (cycle = '2024-07') => `bill_${cycle}_${partner.partnerId}`;

const products = (query: Record<string, string | number> = {}, as: Caller = partner, billId = idOf()) =>
  invoke(listBillProducts, { as, path: { billId }, query });
const customers = (query: Record<string, string | number> = {}, as: Caller = partner, billId = idOf()) =>
  invoke(listBillCustomers, { as, path: { billId }, query });

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.07' });
  partner = await aPartner();
  stranger = await aPartner();
  atlas = await aCustomer({ of: partner, accountName: 'Atlas Nimbus' });
  zenith = await aCustomer({ of: partner, accountName: 'Zenith Eclipse' });
  clock.set('2024-07-31T00:00:00+08:00');
  const evs = {
    productType: 'Elastic Volume Service',
    productTypeCode: 'evs',
    region: 'CN North',
    regionCode: 'cn-n1',
  };
  await consume(atlas, { list: '8083.8494925', at: july('10') }, { ...evs, list: '10', at: july('11') });
  await consume(atlas, { list: '-853.8495', at: july('12'), billType: 'refund' });
  await consume(zenith, { list: '-37.9425', at: july('13'), billType: 'adjustment' });
  await consume(zenith, {
    list: '5',
    at: july('14'),
    source: 'marketplace',
    serviceProvider: 'Acme',
    productName: 'Scan',
  });
  clock.set('2024-08-02T02:00:00+08:00');
  await runSchedule(refreshEstimates, '2024-08-02T01:00:00+08:00');
  await drain();
});

const EXACT = '7207.05749250'; // 8083.8494925 + 10 − 853.8495 − 37.9425 + 5

describe('before the issue', () => {
  it('FIN-41, FIN-65, FIN-145 (example 1): products and customers add up to the estimate, exactly, without tax', async () => {
    const bill = (await invoke(getMonthlyBill, { as: partner, path: { cycle: '2024-07' } })).body;
    expect(bill).toMatchObject({ kind: 'estimate', billEstimate: '7207.06' });
    const { body } = await products();
    expect(body).toMatchObject({ estimated: true, summary: { total: { settlementAmount: EXACT, tax: '0.00000000' } } });
    expect(body.summary.platform.total.settlementAmount).toBe('7202.05749250');
    expect((await customers()).body).toMatchObject({
      estimated: true,
      total: { customers: 2, lines: 5, settlementAmount: EXACT, due: EXACT },
    });
  });

  it('FIN-65: a later refresh with one more record takes it in; customers that are as they were keep their figures', async () => {
    await consume(zenith, { list: '1', at: july('30') });
    clock.set('2024-08-03T02:00:00+08:00');
    await runSchedule(refreshEstimates, '2024-08-03T01:00:00+08:00');
    await drain();
    const { body } = await customers();
    expect(body.total).toMatchObject({ lines: 6, settlementAmount: '7208.05749250' });
    expect(body.items.map((each: Record<string, string>) => [each.accountName, each.customerName, each.lines])).toEqual(
      [atlas, zenith]
        .map((each, i) => [each.customerId, each.accountName, 'C***r', i === 0 ? 3 : 3])
        .toSorted()
        .map(([, ...row]) => row),
    );
  });
});

describe('the issued bill', () => {
  beforeAll(async () => {
    clock.set('2024-08-05T02:30:00+08:00');
    await runBilling();
  });

  it('FIN-145, FIN-150: platform and marketplace = by customer = header = sum of lines', async () => {
    const bill = (await invoke(getMonthlyBill, { as: partner, path: { cycle: '2024-07' } })).body;
    const { body } = await products();
    const { total } = body.summary;
    expect(body).toMatchObject({ estimated: false, currency: 'USD' });
    expect(total).toMatchObject({
      lines: 6,
      due: bill.billAmountExact,
      tax: bill.tax,
      settlementAmount: '7208.05749250',
    });
    expect(body.summary.platform.expenditure.settlementAmount).toBe('8094.84949250');
    expect(body.summary.platform.refund.settlementAmount).toBe(bill.refunds);
    expect(body.summary.platform.adjustment.settlementAmount).toBe(bill.adjustments);
    expect(body.summary.marketplace.total.settlementAmount).toBe('5.00000000');
    const { total: ofCustomers } = (await customers()).body;
    expect(ofCustomers).toEqual({ ...total, customers: 2 });
    const lines = await allLines(partner, '2024-07');
    expect(lines).toHaveLength(total.lines);
  });

  it('FIN-146: products of the platform by amount; page by page; one region alone', async () => {
    const { body } = await products();
    expect(body.items.map((each: Record<string, string>) => [each.productTypeCode, each.settlementAmount])).toEqual([
      ['ecs', '7193.05749250'],
      ['evs', '10.00000000'],
    ]);
    const first = (await products({ limit: 1 })).body;
    const second = (await products({ limit: 1, cursor: first.nextCursor })).body;
    expect([...first.items, ...second.items]).toEqual(body.items);
    const inRegion = (await products({ region: 'cn-n1' })).body.items;
    expect(inRegion.map((each: Record<string, string>) => each.productTypeCode)).toEqual(['evs']);
  });

  it('FIN-149: the marketplace apart, with the provider', async () => {
    const { body } = await products({ source: 'marketplace' });
    expect(body.items).toMatchObject([
      { productName: 'Scan', serviceProvider: 'Acme', settlementAmount: '5.00000000' },
    ]);
  });

  it('FIN-05, FIN-150: customers by id under the total, names masked, page by page, one alone', async () => {
    const all = (await customers()).body.items;
    expect(all.map((each: Record<string, string>) => [each.customerId, each.customerName])).toEqual(
      [atlas, zenith].map((each) => [each.customerId, 'C***r']).toSorted(),
    );
    const first = (await customers({ limit: 1 })).body;
    const second = (await customers({ limit: 1, cursor: first.nextCursor })).body;
    expect([...first.items, ...second.items]).toEqual(all);
    expect(second.nextCursor).toBeUndefined();
    const { items } = (await customers({ customerId: zenith.customerId })).body;
    expect(items).toMatchObject([{ customerId: zenith.customerId, accountName: 'Zenith Eclipse', lines: 3 }]);
    expect((await customers({ customerId: 'cus_nobody' })).body.items).toEqual([]);
  });

  it('FIN-01: nobody sees them of another partner, operators of all; a made-up cursor is refused', async () => {
    expect((await products({}, stranger)).body.code).toBe('BILL_NOT_FOUND');
    expect((await customers({}, stranger)).body.code).toBe('BILL_NOT_FOUND');
    expect((await products({}, operator)).status).toBe(200);
    expect((await customers({}, operator)).status).toBe(200);
    expect((await products({ cursor: 'made.up' })).body.code).toBe('CURSOR_INVALID');
    expect((await customers({ cursor: 'made.up' })).body.code).toBe('CURSOR_INVALID');
  });

  it("FIN-151: a bill is the platform's to the partner; a customer sees nothing of it", async () => {
    expect((await products({}, atlas)).status).toBe(403);
    expect((await customers({}, atlas)).status).toBe(403);
  });

  it('FIN-16: a cycle without anything comes to zeros', async () => {
    const { body } = await products({}, partner, idOf('2024-05'));
    expect(body).toMatchObject({ estimated: true, items: [], summary: { total: { due: '0.00000000' } } });
    expect((await customers({}, partner, idOf('2024-05'))).body).toMatchObject({ total: { customers: 0 }, items: [] });
  });
});

it.each([3, 4, 5, 6, 7, 8])('FIN-15, FIN-145: a crash behind write %i of a run leaves the same figures', async (n) => {
  const cycle = `2025-0${n}`;
  clock.set(`${cycle}-28T00:00:00+08:00`);
  await consume(atlas, { list: '100', at: `${cycle}-10T10:00:00+08:00` });
  await consume(zenith, { list: '0.3', at: `${cycle}-10T10:00:00+08:00` });
  const due = `2025-0${n + 1}-05T02:00:00+08:00`;
  clock.set(due);
  {
    using _fault = crashAtWrite(n, 'after');
    await runBilling(due);
  }
  await drain();
  const { body } = await products({}, partner, idOf(cycle));
  expect(body).toMatchObject({ estimated: false, summary: { total: { lines: 2, settlementAmount: '100.30000000' } } });
  expect((await customers({}, partner, idOf(cycle))).body.items).toHaveLength(2);
});
