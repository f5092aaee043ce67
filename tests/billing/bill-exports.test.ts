import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { parse } from 'csv-parse/sync';
import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { billExportRequested } from '#events/billing.ts';
import { runExport } from '#lib/billing/exports/run-export.ts';
import { dynamodb, queryAll, toItem } from '#lib/shared/dynamodb.ts';
import { tableName } from '#lib/shared/resources.ts';
import billExportRequestedSample from '../../events/samples/bill-export.requested.v1.json' with { type: 'json' };
import { handler as getBillExport } from '../../functions/billing/get-bill-export.ts';
import { handler as listBillExports } from '../../functions/billing/list-bill-exports.ts';
import { handler as startBillExport } from '../../functions/billing/start-bill-export.ts';
import {
  aCustomer,
  aMember,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  type TestMember,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

let distributor: TestPartner;
let reseller: TestPartner;
let stranger: TestPartner;
let finance: TestMember;
const billId = () => `bill_2024-07_${distributor.partnerId}`;

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  await aTaxRule('SG', { VAT: '0.07' });
  distributor = await aPartner({ type: 'distributor' });
  reseller = await aPartner({ of: distributor, companyName: 'R, "the" reseller', accountName: '-r' });
  stranger = await aPartner();
  finance = await aMember({ of: distributor, roles: ['finance-specialist'] });
  const customer = await aCustomer({ of: reseller, accountName: '@Atlas Nimbus' });
  await consume(
    customer,
    ...[3, 0, 0, 0, 0, 0, 0].map((list) => ({ list: `${list}`, at: '2024-06-10T10:00:00+08:00' })),
  );
  clock.set('2024-07-05T02:30:00+08:00');
  await runBilling('2024-07-05T02:00:00+08:00');
  const evil = { specifications: '=HYPERLINK("http://evil")', productName: '+1 über', region: '\u4e2d\u56fd' };
  await consume(
    customer,
    { list: '100', at: '2024-07-10T10:00:00+08:00', ...evil },
    { list: '-30', at: '2024-07-11T10:00:00+08:00', billType: 'refund' },
  );
  await consume(customer, { list: '0.5', at: '2024-07-12T10:00:00+08:00' });
  clock.set('2024-08-05T02:30:00+08:00');
  await runBilling('2024-08-05T02:00:00+08:00');
});

const start = (body: object, as: Caller = finance) => invoke(startBillExport, { as, body });
const get = async (jobId: string, as: Caller = finance) => (await invoke(getBillExport, { as, path: { jobId } })).body;
const fetched = async (url: string): Promise<Uint8Array> => new Uint8Array(await (await fetch(url)).arrayBuffer());

async function exported(body: object): Promise<{ text: string; rows: string[][]; job: Record<string, unknown> }> {
  const { body: started } = await start(body);
  await drain();
  const job = await get(started.jobId);
  const text = strFromU8(await fetched(job.files[0].url));
  return { text, rows: parse(text), job };
}

describe('bill details', () => {
  it('FIN-157, FIN-160: a job ends with a UTF-8 file of the 56 columns in their order, money with 8 decimals', async () => {
    const started = await start({ kind: 'bill-details', billId: billId() });
    expect(started).toMatchObject({
      status: 202,
      body: { status: 'pending', progress: { done: 0, total: 3 }, files: [] },
    });
    const { rows, job } = await exported({ kind: 'bill-details', billId: billId() });
    expect(job).toMatchObject({
      status: 'completed',
      progress: { done: 3, total: 3 },
      files: [{ fileName: 'bill-details-2024-07.csv', rows: 3 }],
      filesUntil: '2024-08-11T18:30:00.000Z',
    });
    expect(rows).toHaveLength(4);
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([56]));
    const [titles = [], first = []] = rows;
    expect([titles[0], titles[4], titles[36], titles[39], titles[44], titles[55]]).toEqual([
      'Customer ID',
      'Partner ID',
      'Customer Expenditure (USD)',
      'Payment (USD)',
      'Amount Due (USD)',
      'End Time',
    ]);
    expect([first[1], first[7], first[17], first[36], first[44], first[55]]).toEqual([
      '2024-07',
      'Expenditure',
      '\u4e2d\u56fd',
      '100.00000000',
      '107.00000000',
      '2024-07-10T10:00:00+08:00',
    ]);
  });

  it('FIN-159 (example 18): columns 5 to 7 name the reseller, identity columns are anonymised', async () => {
    const { rows, text } = await exported({ kind: 'bill-details', billId: billId() });
    expect(rows[1]?.slice(2, 7)).toEqual(['C***r', "'@***s", reseller.partnerId, 'R, "the" reseller', "'-r"]);
    expect(text).not.toContain('Carla');
    expect(text).not.toContain('Atlas');
  });

  it('FIN-160: no cell is run as a formula by a spreadsheet; negative amounts stay numbers', async () => {
    const { rows } = await exported({ kind: 'bill-details', billId: billId() });
    expect(rows[1]?.[14]).toBe('\'=HYPERLINK("http://evil")');
    expect(rows[1]?.[11]).toBe("'+1 über");
    expect(rows[2]?.[36]).toBe('-30.00000000');
  });

  it('FIN-160: more rows than a part holds make an archive of parts, written over several steps', async () => {
    const { body } = await start({ kind: 'bill-details', billId: billId() });
    const context = { now: clock.now(), messageId: 'test', attempt: 1 };
    await asSystem(() => runExport(body.jobId, context, { rowsAPart: 2 }));
    const job = await get(body.jobId);
    expect(job).toMatchObject({ status: 'completed', files: [{ fileName: 'bill-details-2024-07.zip', rows: 3 }] });
    const files = unzipSync(await fetched(job.files[0].url));
    const parts = Object.entries(files).map(([name, bytes]) => [name, parse(strFromU8(bytes)).length]);
    expect(parts).toEqual([
      ['bill-details-2024-07-1.csv', 3],
      ['bill-details-2024-07-2.csv', 2],
    ]);
    await drain();
  });

  it('FIN-160: more parts than a file holds make several files', async () => {
    const { body } = await start({ kind: 'bill-details', billId: `bill_2024-06_${distributor.partnerId}` });
    const context = { now: clock.now(), messageId: 'test', attempt: 1 };
    await asSystem(() => runExport(body.jobId, context, { rowsAPart: 1 }));
    const { files } = await get(body.jobId);
    expect(files).toMatchObject([
      { fileName: 'bill-details-2024-06.zip', rows: 5 },
      { fileName: 'bill-details-2024-06-2.zip', rows: 2 },
    ]);
    const archives = await Promise.all(files.map(async ({ url }: { url: string }) => unzipSync(await fetched(url))));
    expect(archives.map((archive) => Object.keys(archive).length)).toEqual([5, 2]);
    const [titles] = parse(strFromU8(archives[1]?.['bill-details-2024-06-1.csv'] ?? new Uint8Array()));
    expect(titles).toHaveLength(56);
    await drain();
  });

  it.each([1, 2, 3, 4, 5])('FIN-157: a crash behind write %i of an export ends in the same file', async (n) => {
    const { body } = await start({ kind: 'bill-details', billId: billId() });
    await publishedEvents(); // the event has left
    {
      using _fault = crashAtWrite(n, 'after');
      await drain();
    }
    const job = await get(body.jobId);
    expect(job).toMatchObject({ status: 'completed', progress: { done: 3 }, files: [{ rows: 3 }] });
    expect(parse(strFromU8(await fetched(job.files[0].url)))).toHaveLength(4);
  });

  it("FIN-156: of one's own issued bill only", async () => {
    const foreign = `bill_2024-07_${stranger.partnerId}`;
    expect(await start({ kind: 'bill-details', billId: foreign })).toMatchObject({
      status: 404,
      body: { code: 'BILL_NOT_FOUND' },
    });
    const running = `bill_2024-08_${distributor.partnerId}`;
    expect(await start({ kind: 'bill-details', billId: running })).toMatchObject({
      status: 409,
      body: { code: 'BILL_NOT_ISSUED' },
    });
  });
});

describe('bills', () => {
  const range = (fromCycle: string, toCycle: string) => ({ kind: 'bills', fromCycle, toCycle });

  it('FIN-156, FIN-160: the bills of up to 12 months, money with 2 decimals', async () => {
    const { rows, job } = await exported(range('2023-08', '2024-07'));
    expect(job).toMatchObject({ status: 'completed', files: [{ fileName: 'bills-2023-08-2024-07.csv', rows: 2 }] });
    const [titles = [], june = [], july = []] = rows;
    const column = (row: readonly string[], title: string) => row[titles.indexOf(title)];
    expect(rows).toHaveLength(3);
    expect([column(june, 'Billing Cycle'), column(june, 'Amount Due')]).toEqual(['2024-06', '3.21']);
    expect(column(july, 'Bill ID')).toBe(billId());
    expect([column(july, 'Refunds'), column(july, 'Tax'), column(july, 'Amount Due')]).toEqual([
      '-30.00',
      '4.94',
      '75.44',
    ]);
  });

  it('FIN-156 (example 33): 13 months are too many, none is no range', async () => {
    expect(await start(range('2023-07', '2024-07'))).toMatchObject({
      status: 422,
      body: { code: 'EXPORT_RANGE_TOO_LONG' },
    });
    expect(await start(range('2024-07', '2024-06'))).toMatchObject({
      status: 422,
      body: { code: 'EXPORT_RANGE_INVALID' },
    });
  });
});

describe('who may', () => {
  it('ORD-176: others see the job; the link is for who asked, and Admin; it ends after 7 days', async () => {
    const { body } = await start({ kind: 'bills', fromCycle: '2024-07', toCycle: '2024-07' });
    await drain();
    const colleague = await aMember({ of: distributor, roles: ['finance-specialist'] });
    const urlFor = async (as: Caller) => (await get(body.jobId, as)).files[0].url;
    expect([await urlFor(colleague), typeof (await urlFor(finance)), typeof (await urlFor(distributor))]).toEqual([
      null,
      'string',
      'string',
    ]);
    clock.advance({ days: 7 });
    expect(await urlFor(finance)).toBeNull();
  });

  it("FIN-157: another partner's job is not found, a reseller has none; jobs are listed newest first", async () => {
    const { body } = await start({ kind: 'bills', fromCycle: '2024-07', toCycle: '2024-07' });
    expect((await get(body.jobId, stranger)).code).toBe('EXPORT_NOT_FOUND');
    expect((await get('job_unknown')).code).toBe('EXPORT_NOT_FOUND');
    expect((await invoke(listBillExports, { as: reseller })).body.code).toBe('PARTNER_TYPE_NOT_BILLED');
    const list = await invoke(listBillExports, { as: finance, query: { limit: 1 } });
    expect(list.body.items).toMatchObject([{ jobId: body.jobId, status: 'pending' }]);
    expect(list.body.nextCursor).toBeTypeOf('string');
    expect((await invoke(listBillExports, { as: finance, query: { cursor: 'made.up' } })).body.code).toBe(
      'CURSOR_INVALID',
    );
  });
});

it('FIN-157: an export that cannot be written fails and says so', async () => {
  await drain();
  const { body } = await start({ kind: 'bill-details', billId: `bill_2024-06_${distributor.partnerId}` });
  for await (const { pk, sk } of queryAll({ table: 'billing', pk: `BILL#bill_2024-06_${distributor.partnerId}` })) {
    await dynamodb.send(new DeleteItemCommand({ TableName: tableName('billing'), Key: toItem({ pk, sk }) }));
  }
  await drain();
  expect(await get(body.jobId)).toMatchObject({
    status: 'failed',
    files: [],
    failure: expect.stringContaining('again'),
  });
});

it('FIN-157: the event is what its sample shows', () => {
  expect(billExportRequested.detail.parse(billExportRequestedSample)).toEqual(billExportRequestedSample);
});
