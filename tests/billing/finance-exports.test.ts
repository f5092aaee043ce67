import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { beforeAll, describe, expect, it } from 'vitest';
import { runExport } from '#lib/billing/exports/run-export.ts';
import { bookings, credit, debit, loadAccount } from '#lib/ledger/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { transact } from '#lib/shared/transaction.ts';
import { handler as getBillExport } from '../../functions/billing/get-bill-export.ts';
import { handler as startBillExport } from '../../functions/billing/start-bill-export.ts';
import { handler as issueCoupon } from '../../functions/coupons/issue-coupon.ts';
import { handler as listStatements } from '../../functions/ledger/list-statements.ts';
import {
  aCustomer,
  aMember,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

let partner: TestPartner;
let customer: TestCustomer;
let operator: Caller;
const billId = () => `bill_2024-07_${partner.partnerId}`;

async function topUp(number: number, amount: string): Promise<void> {
  const posting = {
    postingId: `top-up-${number}`,
    partnerId: partner.partnerId,
    kind: 'transfer.confirmed',
    reference: `clm_${number}`,
    legs: [debit('bank-clearing', 'USD', parseMoney(amount)), credit('cash', 'USD', parseMoney(amount))],
    statement: { type: 'Top-up' as const, orderOrTransactionId: number === 1 ? '=cmd' : undefined },
  };
  await asSystem(async (now) => {
    await transact({ writes: bookings(await loadAccount(partner.partnerId), [posting], now).writes });
  });
}

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.07' });
  partner = await aPartner();
  customer = await aCustomer({ of: partner, accountName: 'Atlas Nimbus' });
  const lists = ['100.5', '3', '0', '12345678.12345678', '7'];
  clock.set('2024-07-31T00:00:00+08:00');
  await consume(
    customer,
    ...lists.map((list, i) => ({ list, at: `2024-07-1${i}T10:00:00+08:00`, productName: '=1+1' })),
  );
  clock.set('2024-08-05T02:30:00+08:00');
  await runBilling();
  clock.set('2024-08-06T10:00:00+08:00');
  await topUp(1, '10.00');
  clock.set('2024-08-07T10:00:00+08:00');
  await topUp(2, '20.00');
  const coupon = { kind: 'cash', source: 'program', reason: 'test', faceValue: '99.999' };
  const valid = { effectiveAt: '2024-08-01T00:00:00+08:00', expiresAt: '2099-12-31T23:59:59+08:00' };
  const issued = await invoke(issueCoupon, {
    as: operator,
    path: { partnerId: partner.partnerId },
    body: { ...coupon, ...valid, name: 'Summer', customerId: customer.customerId },
  });
  expect(issued.body).toMatchObject({ name: 'Summer' });
  await drain();
});

const start = (body: object, as: Caller = partner) => invoke(startBillExport, { as, body });
const get = async (jobId: string) => (await invoke(getBillExport, { as: partner, path: { jobId } })).body;

async function exported(body: object) {
  const started = await start(body);
  expect(started.status, JSON.stringify(started.body)).toBe(202);
  await drain();
  const job = await get(started.body.jobId);
  expect(job.status).toBe('completed');
  const files = await Promise.all(
    job.files.map(async ({ url }: { url: string }) => Buffer.from(await (await fetch(url)).arrayBuffer())),
  );
  return {
    job,
    files: files as Buffer[],
    text: files[0]?.toString() ?? '',
    sheet: () => readSheet(files[0] as Buffer),
  };
}

describe('as workbooks', () => {
  it('FIN-160: the bill details: 56 columns, amounts as figures where they hold every digit, formulas as texts', async () => {
    const { job, sheet } = await exported({ kind: 'bill-details', billId: billId(), format: 'xlsx' });
    expect(job.files).toMatchObject([{ fileName: 'bill-details-2024-07.xlsx', rows: 5 }]);
    const [titles = [], first = [], , , large = []] = await sheet();
    expect(titles).toHaveLength(56);
    const cell = (row: readonly unknown[], title: string) => row[titles.indexOf(title)];
    expect([cell(first, 'Customer Expenditure (USD)'), cell(first, 'Tax Amount')]).toEqual([100.5, 7.035]);
    expect(cell(first, 'Product Name')).toBe('=1+1');
    expect(cell(first, 'Account Name')).toBe('A***s');
    expect(cell(large, 'Customer Expenditure (USD)')).toBe('12345678.12345678');
  });

  it('FIN-156, FIN-160: the bills of a range', async () => {
    const { sheet } = await exported({ kind: 'bills', fromCycle: '2024-01', toCycle: '2024-07', format: 'xlsx' });
    const [titles = [], row = []] = await sheet();
    expect(row[titles.indexOf('Billing Cycle')]).toBe('2024-07');
    expect(row[titles.indexOf('Expenditures')]).toBe(12_345_788.62);
    expect(row[titles.indexOf('Status')]).toBe('unpaid');
  });

  it('FIN-160: more rows than a workbook takes make several, each with its titles', async () => {
    const { body } = await start({ kind: 'bill-details', billId: billId(), format: 'xlsx' });
    const context = { now: clock.now(), messageId: 'test', attempt: 1 };
    await asSystem(() => runExport(body.jobId, context, { rowsAWorkbook: 2 }));
    const job = await get(body.jobId);
    expect(job.files.map(({ rows }: { rows: number }) => rows)).toEqual([2, 2, 1]);
    expect(job.progress).toEqual({ done: 5, total: 5 });
    await drain();
  });

  it('FIN-160: a last workbook that is just full is not followed by an empty one', async () => {
    const { body } = await start({ kind: 'bill-details', billId: billId(), format: 'xlsx' });
    const context = { now: clock.now(), messageId: 'test', attempt: 1 };
    await asSystem(() => runExport(body.jobId, context, { rowsAWorkbook: 5 }));
    expect((await get(body.jobId)).files).toHaveLength(1);
    await drain();
  });

  it.each([1, 2, 3])('FIN-157: a crash behind write %i ends in the same workbook', async (n) => {
    const { body } = await start({ kind: 'bill-details', billId: billId(), format: 'xlsx' });
    {
      using _fault = crashAtWrite(n, 'after');
      await drain();
    }
    await drain();
    expect(await get(body.jobId)).toMatchObject({ status: 'completed', files: [{ rows: 5 }] });
  });
});

describe('statements', () => {
  it('FIN-158, FIN-160: the records of a search, the newest first, money with 2 decimals', async () => {
    const { text, job } = await exported({ kind: 'statements' });
    const [titles = [], ...rows] = parse(text) as string[][];
    expect(job.files).toMatchObject([{ fileName: 'statements.csv', rows: 2 }]);
    expect(titles).toHaveLength(10);
    expect(rows.map((row) => [row[2], row[3], row[5], row[7], row[8], row[9]])).toEqual([
      ['Income', 'Top-up', '--', '20.00', '30.00', '--'],
      ['Income', 'Top-up', "'=cmd", '10.00', '10.00', '--'],
    ]);
  });

  it('FIN-158: inside a time range, of one type, or those that were picked', async () => {
    const rowsOf = async (wish: object) => (await exported({ kind: 'statements', ...wish })).job.files[0].rows;
    expect(await rowsOf({ from: '2024-08-07T00:00:00+08:00' })).toBe(1);
    expect(await rowsOf({ types: ['Refund'] })).toBe(0);
    const { body } = await invoke(listStatements, { as: partner });
    expect(await rowsOf({ transactionNos: [body.items[0].transactionNo, 'AC-000000000-0'] })).toBe(1);
  });

  it('FIN-155 (example 33): entries older than 12 months are not served', async () => {
    expect(await start({ kind: 'statements', from: '2023-07-05T00:00:00+08:00' })).toMatchObject({
      status: 410,
      body: { code: 'CONTACT_OPERATOR' },
    });
  });

  it('FIN-158: also as a workbook, with nothing in it too', async () => {
    const { sheet } = await exported({ kind: 'statements', format: 'xlsx' });
    expect((await sheet())[1]?.[8]).toBe(30);
    const empty = await exported({ kind: 'statements', types: ['Refund'], format: 'xlsx' });
    expect(await empty.sheet()).toHaveLength(1);
  });
});

describe('coupons', () => {
  it('FIN-59, FIN-159: the coupons of a search, names anonymised, balances cut', async () => {
    const { text } = await exported({ kind: 'coupons', customerId: customer.customerId });
    const [titles = [], row = []] = parse(text) as string[][];
    const cell = (title: string) => row[titles.indexOf(title)];
    expect([cell('Name'), cell('Status'), cell('Balance (USD)')]).toEqual(['Summer', 'available', '99.99']);
    expect([cell('Customer ID'), cell('Account Name'), cell('Customer Name')]).toEqual([
      customer.customerId,
      'A***s',
      'C***r',
    ]);
    expect([cell('Applicable Products'), cell('Expires')]).toEqual(['All', '2099-12-31T23:59:59+08:00']);
    const { text: none } = await exported({ kind: 'coupons', tab: 'test' });
    expect(parse(none)).toHaveLength(1);
  });
});

it('FIN-03: who may not see something on the screen gets no file of it', async () => {
  const member = await aMember({ of: partner, roles: ['account-manager'] });
  for (const body of [{ kind: 'statements' }, { kind: 'coupons' }, { kind: 'focus', billId: billId() }]) {
    expect((await start(body, member)).body.code).toBe('PERMISSION_DENIED');
  }
});
