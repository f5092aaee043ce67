import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { listMonth, recordsPage } from '#lib/expenditures/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { imported } from '../expenditures/imports.ts';
import { aLongCustomer, monthOf } from '../expenditures/world.ts';
import { anOperator, aPartner, clock, type TestCustomer, type TestPartner, useStack } from '../support/index.ts';

useStack();

/**
 * A month of real usage (infra/local/data/README.md). What is expected is computed here from the file's text, with whole numbers of
 * 10⁻¹² and nothing of the product.
 */
const text = readFileSync(new URL('../../infra/local/data/focus-1.0-sample.csv', import.meta.url), 'utf8');
const focusRow = z.object({
  Id: z.string(),
  SubAccountId: z.string(),
  ServiceName: z.string(),
  ChargeCategory: z.string(),
  ChargePeriodEnd: z.string(),
  ListCost: z.string(),
});
type FocusRow = z.infer<typeof focusRow>;
const rows = z.array(focusRow).parse(parse(text, { columns: true }));

const units = (decimal: string): bigint => {
  const [whole = '', fraction = ''] = decimal.replace('-', '').split('.');
  return BigInt(whole + fraction.padEnd(12, '0')) * (decimal.startsWith('-') ? -1n : 1n);
};
/** 00:00 of 1 October in GMT+08:00 is 16:00 of 30 September in the file's UTC; what ends just then is September's. */
const monthOfRow = ({ ChargePeriodEnd }: FocusRow) =>
  ChargePeriodEnd <= '2024-09-30 16:00:00' ? '2024-09' : '2024-10';

const sumOf = (some: readonly FocusRow[]): bigint => some.reduce((total, { ListCost }) => total + units(ListCost), 0n);

function sumsBy<Key extends string>(keyOf: (row: FocusRow) => Key): Record<string, bigint> {
  const groups = Map.groupBy(rows, keyOf);
  return Object.fromEntries([...groups].map(([key, some]) => [key, sumOf(some)]));
}

const customers = new Map<string, TestCustomer>();
let partners: TestPartner[];
let job: Awaited<ReturnType<typeof imported>>;

const accountIds = [...new Set(rows.map(({ SubAccountId }) => SubAccountId))];

/** Accounts are dealt to the partners in turn. */
function partnerOf(accountId: string): TestPartner {
  const partner = partners[accountIds.indexOf(accountId) % partners.length];
  if (!partner) throw new Error('there are partners');
  return partner;
}

beforeAll(async () => {
  clock.set('2024-10-02T10:00:00+08:00');
  const operator = await anOperator();
  partners = [await aPartner(), await aPartner(), await aPartner({ type: 'distributor' })];
  for (const accountId of accountIds) {
    customers.set(accountId, await aLongCustomer({ of: partnerOf(accountId), accountId }));
  }
  job = await imported(operator, text);
}, 120_000);

describe('a month of real usage', () => {
  it('ORD-127: every line of the file is counted, and the sums of the job are those of the file', () => {
    const adjustments = rows.filter(({ ChargeCategory }) => ChargeCategory === 'Adjustment');
    const refunds = rows.filter(({ ChargeCategory, ListCost }) => ChargeCategory === 'Usage' && units(ListCost) < 0n);
    expect(job).toMatchObject({ status: 'completed', lines: 688, receipts: { counted: 688 }, problems: 0 });
    const { expenditure, refund, adjustment } = job.listPrices;
    expect(units(refund)).toBe(sumOf(refunds));
    expect(units(adjustment)).toBe(sumOf(adjustments));
    expect(units(expenditure) + units(refund) + units(adjustment)).toBe(sumOf(rows));
  });

  it('CUS-091, FIN-09: per customer, service and month the records are the sums of the file, exactly', async () => {
    const found: Record<string, bigint> = {};
    for (const [accountId, { customerId }] of customers) {
      for (const { partnerId } of partners) {
        for (const cycle of ['2024-08', '2024-09', '2024-10']) {
          const page = await recordsPage({ partnerId, customerId, cycle: cycle as BillingMonth, limit: 1_000 });
          for (const { productType, listPrice } of page.records) {
            const key = `${accountId}#${productType}#${cycle}`;
            found[key] = (found[key] ?? 0n) + listPrice;
          }
        }
      }
    }
    expect(found).toEqual(sumsBy((each) => `${each.SubAccountId}#${each.ServiceName}#${monthOfRow(each)}`));
  });

  it('CUS-093, CUS-254: per customer the usage counter is the gross expenditure of the month', async () => {
    const gross = rows.filter(({ ChargeCategory, ListCost }) => ChargeCategory === 'Usage' && units(ListCost) > 0n);
    for (const [accountId, customer] of customers) {
      const partner = partnerOf(accountId);
      for (const month of ['2024-09', '2024-10']) {
        const expected = sumOf(gross.filter((each) => each.SubAccountId === accountId && monthOfRow(each) === month));
        const stored = await monthOf({ partner, customer }, month);
        expect(units(stored?.usage ?? '0.00')).toBe(expected);
      }
    }
  });

  it('FIN-10: September and October together are the file', async () => {
    let [total, count] = [0n, 0];
    for (const { partnerId } of partners) {
      for (const month of ['2024-09', '2024-10']) {
        for await (const each of listMonth(partnerId, month as BillingMonth)) {
          total += each.expenditure + each.refund + each.adjustment;
          count += each.count;
        }
      }
    }
    expect([total, count]).toEqual([sumOf(rows), 688]);
    const october = rows.filter((each) => monthOfRow(each) === '2024-10');
    expect(october.length).toBeGreaterThan(0);
  });
});
