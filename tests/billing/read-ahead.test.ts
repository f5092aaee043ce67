import { beforeAll, describe, expect, it } from 'vitest';
import { type Place, readAhead } from '#lib/billing/read-ahead.ts';
import { ingest } from '#lib/expenditures/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { aCustomer, aPartner, asSystem, clock, type TestPartner, useStack } from '../support/index.ts';

useStack();

/** More than two batches, and one of a page that is not full. */
const RECORDS = 230;
const START: Place = { customer: 0 };
let partner: TestPartner;
let customerIds: string[];

beforeAll(async () => {
  clock.set('2024-07-01T00:00:00+08:00');
  partner = await aPartner();
  const customers = [
    await aCustomer({ of: partner }),
    await aCustomer({ of: partner }),
    await aCustomer({ of: partner }),
  ];
  customerIds = customers.map(({ customerId }) => customerId).sort();
  const [first = '', , last = ''] = customerIds;
  const charges = Array.from({ length: RECORDS }, (_, i) => charge(first, i));
  clock.set('2024-07-20T00:00:00+08:00');
  const deliveries = [...charges, charge(last, RECORDS)].map((raw, i) => ({ raw, mark: `test:${i}` }));
  await asSystem((now) => ingest(deliveries, now));
}, 60_000);

const charge = (customerId: string, i: number) => ({
  recordId: `ahead-${String(i).padStart(3, '0')}`,
  customerId,
  billType: 'expenditure',
  billingMode: 'pay-per-use',
  productType: 'Elastic Cloud Server',
  productTypeCode: 'ecs',
  productName: 'General computing',
  productId: 'p-1',
  orderId: `order-${i}`,
  currency: 'USD',
  listPrice: '0.10000000001',
  settlementClass: 'common',
  spentFrom: '2024-07-10T01:00:00Z',
  spentTo: '2024-07-10T02:00:00Z',
});

const named = (first: number, behind: number): string[] =>
  Array.from({ length: behind - first }, (_, i) => `ahead-${String(first + i).padStart(3, '0')}`);

async function read(from: Place, atMost = 1_000) {
  const of = { partnerId: partner.partnerId, cycle: '2024-07' as BillingMonth, customerIds };
  const batches = [];
  for await (const batch of readAhead(of, from, atMost)) batches.push(batch);
  return batches;
}

const idsIn = (batches: Awaited<ReturnType<typeof read>>): string[] =>
  batches.flatMap(({ records }) => records.map(({ recordId }) => recordId));

describe('records of several customers', () => {
  it('FIN-14: come in their order, each once, a few at a time', async () => {
    const batches = await read(START);
    expect(idsIn(batches)).toEqual(named(0, RECORDS + 1));
    expect(batches.map(({ customer, records, last }) => [customer, records.length, last])).toEqual([
      [0, 100, false],
      [0, 100, false],
      [0, 30, true],
      [1, 0, true],
      [2, 1, true],
    ]);
  });

  it('FIN-166: are gone on with behind any of them', async () => {
    const batches = await read(START);
    for (const [i, { next }] of batches.entries()) {
      expect(next === undefined ? [] : idsIn(await read(next))).toEqual(idsIn(batches.slice(i + 1)));
    }
    expect(batches.at(-1)?.next).toBeUndefined();
  });

  it('FIN-166: end with the page that reaches the most that were asked for', async () => {
    expect(idsIn(await read(START, 10))).toEqual(named(0, RECORDS));
  });
});
