import { beforeAll, describe, expect, it } from 'vitest';
import { linesOf } from '#lib/billing/line-page.ts';
import { ingest } from '#lib/expenditures/index.ts';
import { queryAll } from '#lib/shared/dynamodb.ts';
import { exactText, type Money } from '#lib/shared/money.ts';
import { handler as getBillRun } from '../../functions/billing/get-bill-run.ts';
import { handler as getMonthlyBill } from '../../functions/billing/get-monthly-bill.ts';
import { handler as listBillCustomers } from '../../functions/billing/list-bill-customers.ts';
import { handler as listBillProducts } from '../../functions/billing/list-bill-products.ts';
import { handler as refreshBillEstimates } from '../../functions/billing/refresh-bill-estimates.ts';
import { handler as rerunPartnerBill } from '../../functions/billing/rerun-partner-bill.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  drain,
  invoke,
  runSchedule,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { takeAway } from './take-away.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

/** One slice holds 5,000. */
const RECORDS = 5_300;
let operator: Caller;
let partner: TestPartner;

beforeAll(async () => {
  clock.set('2024-07-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG');
  partner = await aPartner();
  const customers = [
    await aCustomer({ of: partner }),
    await aCustomer({ of: partner }),
    await aCustomer({ of: partner }),
  ];
  const [first, big, last] = customers.sort((a, b) => (a.customerId < b.customerId ? -1 : 1)) as [
    TestCustomer,
    TestCustomer,
    TestCustomer,
  ];
  await consume(first, { list: '0.5', at: '2024-07-10T10:00:00+08:00' });
  await consume(last, { list: '0.5', at: '2024-07-10T10:00:00+08:00' });
  for (let start = 0; start < RECORDS; start += 500) await deliver(big, start, Math.min(500, RECORDS - start));
}, 120_000);

const deliver = (customer: TestCustomer, start: number, count: number) =>
  asSystem((now) => {
    const records = Array.from({ length: count }, (_, i) => ({
      raw: charge(customer, start + i),
      mark: `test:${start + i}`,
    }));
    return ingest(records, now);
  });

const charge = ({ customerId }: TestCustomer, i: number) => ({
  recordId: `big-${String(i).padStart(5, '0')}`,
  customerId,
  billType: 'expenditure',
  billingMode: 'pay-per-use',
  productType: 'Elastic Cloud Server',
  productTypeCode: 'ecs',
  productName: 'General computing',
  productId: `p-${i % 50}`,
  orderId: `order-${i}`,
  currency: 'USD',
  settlementClass: 'common',
  listPrice: '1.000000001',
  spentFrom: `2024-07-${String((i % 28) + 1).padStart(2, '0')}T09:00:00+08:00`,
  spentTo: `2024-07-${String((i % 28) + 1).padStart(2, '0')}T10:00:00+08:00`,
});

async function storedLines(): Promise<{ ids: Set<string>; count: number; due: Money }> {
  const ids = new Set<string>();
  let count = 0;
  let due = 0n;
  for await (const item of queryAll({ table: 'billing', pk: `BILL#bill_2024-07_${partner.partnerId}` })) {
    for (const line of await linesOf({ lines: item.lines as Uint8Array })) {
      ids.add(line.lineId);
      count += 1;
      due += line.amounts.due;
    }
  }
  return { ids, count, due: due as Money };
}

const place = async () =>
  (await invoke(getBillRun, { as: operator, path: { cycle: '2024-07' } })).body.items.find(
    (item: { partnerId: string }) => item.partnerId === partner.partnerId,
  );

/** What products and customers come to; both the same. */
const sums = async () => {
  const path = { billId: `bill_2024-07_${partner.partnerId}` };
  const { customers, ...total } = (await invoke(listBillCustomers, { as: partner, path })).body.total;
  expect((await invoke(listBillProducts, { as: partner, path })).body.summary.total).toEqual(total);
  return { ...total, customers };
};

describe('a customer with more records than one slice holds', () => {
  it('FIN-65: is estimated over several messages, exactly', async () => {
    await runSchedule(refreshBillEstimates, '2024-07-31T01:00:00+08:00');
    await drain();
    const { body } = await invoke(getMonthlyBill, { as: partner, path: { cycle: '2024-07' } });
    // every line rounded to 8 decimals: 5,300 × 1.00000000 + 1
    expect(body).toMatchObject({ expenditures: '5301.00000000', billEstimate: '5301.00' });
    expect(await sums()).toMatchObject({ lines: RECORDS + 2, settlementAmount: '5301.00000000' });
  });

  it('FIN-14, FIN-19: a record that the index does not show is noticed at the end; nothing of the try stays', async () => {
    clock.set('2024-08-05T02:30:00+08:00');
    const missing = await takeAway('big-00100');
    await runBilling('2024-08-05T02:00:00+08:00');
    expect(await place()).toMatchObject({ state: 'parked', cause: { code: 'LINES_INCOMPLETE' } });
    expect((await place()).cause.detail).toContain(`${RECORDS - 1} of ${RECORDS} records`);
    await missing.putBack();
  });

  it('FIN-166: is settled in slices; the lines add up to the header and none is there twice', async () => {
    const path = { cycle: '2024-07', partnerId: partner.partnerId };
    await invoke(rerunPartnerBill, { as: operator, path, body: { reason: 'the index has caught up' } });
    await drain();
    expect(await place()).toMatchObject({
      state: 'issued',
      parts: 3,
      partsDone: 3,
      linesEqualHeader: true,
      lines: { count: RECORDS + 2, due: '5301.00000000' },
    });
    const stored = await storedLines();
    expect([stored.count, stored.ids.size]).toEqual([RECORDS + 2, RECORDS + 2]);
    expect(exactText(stored.due)).toBe('5301.00');
    expect(await sums()).toMatchObject({ lines: RECORDS + 2, due: '5301.00000000' }); // FIN-145
  });
});
