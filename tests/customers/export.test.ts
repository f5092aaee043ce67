import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { beforeEach, expect, it } from 'vitest';
import { runCustomerExport } from '#lib/customer-views/export/run-export.ts';
import { handler as start } from '../../functions/customers/export-customers.ts';
import { handler as getExport } from '../../functions/customers/get-customer-export.ts';
import { handler as listExports } from '../../functions/customers/list-customer-exports.ts';
import { at, authorize, consume, giveBudget } from '../budgets/story.ts';
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
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';

useStack();

let partner: TestPartner;

beforeEach(async () => {
  at('2024-08-05T10:00');
  partner = await aPartner();
});

const read = (as: Caller, jobId: string) => invoke(getExport, { as, path: { jobId } });
const bytesOf = async (url: string): Promise<Buffer> => Buffer.from(await (await fetch(url)).arrayBuffer());

async function started(as: Caller, body: object = {}): Promise<string> {
  const answer = await invoke(start, { as, body });
  expect(answer).toMatchObject({ status: 202, body: { status: 'pending', files: [] } });
  return answer.body.jobId;
}

type Row = Record<string, string>;

/** Rows of each file of a finished export, by title. */
async function filesOf(as: Caller, jobId: string): Promise<Row[][]> {
  const { body } = await read(as, jobId);
  expect(body).toMatchObject({ status: 'completed', failure: null });
  return Promise.all(
    body.files.map(async ({ url, fileName, rows }: { url: string; fileName: string; rows: number }) => {
      const bytes = await bytesOf(url);
      const table = fileName.endsWith('.csv') ? parse(bytes, { columns: true }) : await sheetRows(bytes);
      expect(table).toHaveLength(rows);
      return table as Row[];
    }),
  );
}

async function sheetRows(bytes: Buffer): Promise<Row[]> {
  const [titles = [], ...rows] = await readSheet(bytes);
  return rows.map((cells) => Object.fromEntries(cells.map((cell, i) => [String(titles[i]), String(cell)])));
}

async function someCustomers(count: number): Promise<TestCustomer[]> {
  const customers: TestCustomer[] = [];
  for (let i = 0; i < count; i += 1) {
    clock.advance({ minutes: 1 });
    customers.push(await aCustomer({ of: partner }));
  }
  return customers;
}
const idsIn = (rows: readonly Row[]): (string | undefined)[] => rows.map((row) => row['Customer ID']);
const newestFirst = (customers: readonly TestCustomer[]): string[] =>
  customers.map(({ customerId }) => customerId).toReversed();

it.each(['csv', 'xlsx'])(
  'CUS-249, CUS-250: all of the query as %s, in clear, newest association first',
  async (format) => {
    const manager = await aMember({ of: partner, roles: ['account-manager'] });
    const first = await aCustomer({ of: partner, accountName: '=1+1', accountManagerId: manager.memberId });
    at('2024-08-08T10:00');
    const second = await aCustomer({ of: partner, accountName: 'Ünïcode "云", <b>&\'' });
    await giveBudget(partner, first, '100.00', 'automatic');
    await consume(first, '12.345');

    const jobId = await started(partner, { format });
    await drain();

    const [rows = [], ...more] = await filesOf(partner, jobId);
    expect(more).toEqual([]);
    expect(rows).toMatchObject([
      {
        'Customer ID': second.customerId,
        'Account Name': 'Ünïcode "云", <b>&\'',
        'Account Manager': '--',
        'Monthly Budget': '0.00',
        'One-Time Budget': '--',
        'Budget Usage': '--',
        'Associated On': '2024-08-08 10:00:00 (GMT+08:00)',
        'Freeze Status': 'account',
      },
      {
        'Customer ID': first.customerId,
        'Customer Name': 'Carla Customer',
        'Account Name': format === 'csv' ? "'=1+1" : '=1+1',
        Email: expect.stringMatching(/^carla-.*@example\.com$/),
        'Account Manager': 'Mia Member',
        'Monthly Budget': '100.00',
        'Budget Usage': '12.34500000',
        'Budget Usage (%)': '12.34',
        'Month-to-Date Expenditure': '12.34500000',
        'Alerts to Be Handled': '0',
        'Freeze Status': 'none',
      },
    ]);
    expect(await tracesOf(partner.partnerId, 'export-customers')).toMatchObject([{ after: { jobId, format } }]);
  },
);

it("CUS-241, CUS-242: a distributor exports its resellers' customers, the reseller its own", async () => {
  const distributor = await aPartner({ type: 'distributor' });
  const reseller = await aPartner({ of: distributor, companyName: 'Trusted Trade' });
  await aCustomer({ of: distributor });
  const { customerId } = await aCustomer({ of: reseller });
  await authorize(distributor, reseller.partnerId, '100.00');
  clock.advance({ minutes: 1 });
  const jobs = [await started(distributor, { scope: 'resellers' }), await started(reseller)];
  await drain();
  expect(await filesOf(distributor, jobs[0] ?? '')).toMatchObject([
    [{ 'Customer ID': customerId, Reseller: 'Trusted Trade', 'Authorize Permissions': 'Yes' }],
  ]);
  const [[row = {}] = []] = await filesOf(reseller, jobs[1] ?? '');
  expect(row).toMatchObject({ 'Customer ID': customerId, 'Automatically Frozen': 'No' });
  expect(row).not.toHaveProperty('Reseller');
});

it('CUS-249: the rows selected, each once, or those that a filter finds', async () => {
  const customers = await someCustomers(3);
  const [a, b, c] = customers.map(({ customerId }) => customerId);
  clock.advance({ minutes: 1 });
  const selected = await started(partner, { customerIds: [a, c, a] });
  const filtered = await started(partner, { filter: { customerName: customers[1]?.accountName } });
  await drain();
  expect((await filesOf(partner, selected)).map(idsIn)).toEqual([[c, a]]);
  expect((await filesOf(partner, filtered)).map(idsIn)).toEqual([[b]]);
});

it("CUS-055: a stranger's customer among the rows selected starts nothing", async () => {
  const own = await aCustomer({ of: partner });
  const foreign = await aCustomer({ of: await aPartner() });
  const body = { customerIds: [own.customerId, foreign.customerId] };
  expect(await invoke(start, { as: partner, body })).toMatchObject({
    status: 404,
    body: { code: 'CUSTOMER_NOT_FOUND' },
  });
  expect((await invoke(listExports, { as: partner })).body.items).toEqual([]);
});

it('CUS-003, CUS-251: others are refused and told to ask the administrator; Admin sees the history', async () => {
  const jobId = await started(partner);
  for (const role of ['finance-specialist', 'account-director', 'account-manager'] as const) {
    const as = await aMember({ of: partner, roles: [role] });
    for (const answer of [
      await invoke(start, { as, body: {} }),
      await invoke(listExports, { as }),
      await read(as, jobId),
    ])
      expect(answer).toMatchObject({
        status: 403,
        body: { code: 'CUSTOMER_EXPORT_ADMIN_ONLY', detail: expect.stringContaining('ask the administrator') },
      });
  }
  const admin = await aMember({ of: partner });
  expect((await invoke(listExports, { as: admin })).body.items).toMatchObject([
    { jobId, status: 'pending', files: [] },
  ]);
  expect(await read(await aPartner(), jobId)).toMatchObject({ status: 404, body: { code: 'EXPORT_NOT_FOUND' } });
});

it('CUS-250, CUS-251: only a completed export has a link; files end after 7 days, the task is listed', async () => {
  await someCustomers(1);
  const jobId = await started(partner);
  expect((await read(partner, jobId)).body).toMatchObject({ status: 'pending', files: [] });
  await drain();
  expect((await read(partner, jobId)).body.files).toMatchObject([{ url: expect.stringContaining('http') }]);
  clock.advance({ days: 7 });
  expect((await read(partner, jobId)).body.files).toMatchObject([{ url: null }]);
  expect((await invoke(listExports, { as: partner })).body.items).toMatchObject([{ jobId }]);
});

it.each(['csv', 'xlsx'])('CUS-250: files of a bounded size hold each customer once, as %s', async (format) => {
  const customers = await someCustomers(5);
  const jobId = await started(partner, { format });
  const later = await someCustomers(1);
  const context = { now: clock.now(), messageId: 'm', attempt: 1 };
  const limits = { rowsAFile: 2, rowsARead: 1, rowsAtOnce: 1 };
  while (await asSystem(() => runCustomerExport(jobId, context, limits)));
  const files = await filesOf(partner, jobId);
  expect(files.map(({ length }) => length)).toEqual([2, 2, 1]);
  expect(files.flatMap(idsIn)).toEqual(newestFirst(customers));
  expect(files.flatMap(idsIn)).not.toContain(later[0]?.customerId);
  expect((await read(partner, jobId)).body).toMatchObject({ progress: { done: 5, total: 5 } });
});

it.each(['csv', 'xlsx'])('CUS-250: an export of nobody is a file with its titles, as %s', async (format) => {
  const jobId = await started(partner, { format });
  await drain();
  expect(await filesOf(partner, jobId)).toEqual([[]]);
});

it.each([
  ['csv', 'before'],
  ['csv', 'after'],
  ['xlsx', 'before'],
  ['xlsx', 'after'],
] as const)('CUS-267: %s: a crash %s any write is made good by the next delivery', async (format, when) => {
  const customers = await someCustomers(3);
  for (const n of [1, 2, 3, 4]) {
    clock.advance({ minutes: 1 });
    const jobId = await started(partner, { format });
    const limits = { rowsAFile: 2, rowsARead: 1 };
    const go = () => asSystem((now) => runCustomerExport(jobId, { now, messageId: 'm', attempt: 1 }, limits));
    {
      using _fault = crashAtWrite(n, when);
      await go().catch(() => undefined);
    }
    await go();
    expect((await filesOf(partner, jobId)).flatMap(idsIn)).toEqual(newestFirst(customers));
  }
});
