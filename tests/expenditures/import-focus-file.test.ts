import { beforeAll, describe, expect, it } from 'vitest';
import { loadMonth, loadRecord, usageCompleteThrough } from '#lib/expenditures/index.ts';
import { exactText } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { handler as create } from '../../functions/expenditures/create-expenditure-import.ts';
import { handler as get } from '../../functions/expenditures/get-expenditure-import.ts';
import { handler as problemsOf } from '../../functions/expenditures/list-expenditure-import-problems.ts';
import { handler as listImports } from '../../functions/expenditures/list-expenditure-imports.ts';
import { handler as start } from '../../functions/expenditures/start-expenditure-import.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  clock,
  invoke,
  type TestCustomer,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { tracesOf } from '../support/traces.ts';
import { focusLine, headerLine, imported, importJob, uploaded } from './imports.ts';

useStack();

let operator: Awaited<ReturnType<typeof anOperator>>;
let partner: TestPartner;
let customer: TestCustomer;

beforeAll(async () => {
  clock.set('2024-08-01T00:00:00+08:00');
  operator = await anOperator();
  partner = await aPartner();
  customer = await aCustomer({ of: partner });
  clock.set('2024-10-01T10:00:00+08:00');
});

const file = (...lines: string[]) => [headerLine, ...lines, ''].join('\n');
const line = (id: string, fields = {}) => focusLine(id, customer.accountId, fields);

async function usageOf(of: TestCustomer, month = '2024-09') {
  const found = await loadMonth(partner.partnerId, of.customerId, month as BillingMonth);
  return found && exactText(found.usage);
}

describe('an import of usage', () => {
  it('ORD-127: counts every line, shows progress and exact sums per bill type', async () => {
    const job = await imported(
      operator,
      file(
        line('sum-1', { ListCost: '0.00001605990' }),
        line('sum-2', { ListCost: '-0.01288992000' }),
        line('sum-3', { ChargeCategory: 'Adjustment', ListCost: '-5' }),
        line('sum-4', { ListCost: '0.00000000000' }),
        line('sum-5', { ChargeCategory: 'Tax', ListCost: '0.1' }),
      ),
    );
    expect(job).toMatchObject({
      status: 'completed',
      lines: 5,
      taxLines: 1,
      receipts: { counted: 4, duplicate: 0, rejected: 0 },
      listPrices: { expenditure: '0.0000160599', refund: '-0.01288992', adjustment: '-5.00' },
      problems: 0,
    });
    expect(job.bytes.done).toBe(job.bytes.total);
    expect(await loadRecord('sum-2')).toMatchObject({ billType: 'refund', customerId: customer.customerId });
    expect(await loadRecord('sum-3')).toMatchObject({ billType: 'adjustment' });
    expect(await loadRecord('sum-5')).toBeUndefined();
  });

  it('CUS-096: the same file again counts nothing, its lines are duplicates', async () => {
    const content = file(line('again-1'), line('again-2'));
    await imported(operator, content);
    const usage = await usageOf(customer);
    expect(await imported(operator, content)).toMatchObject({
      receipts: { counted: 0, duplicate: 2 },
      listPrices: { expenditure: '0.00' },
      problems: 0,
    });
    expect(await usageOf(customer)).toBe(usage);
  });

  it('CUS-096: the same id twice in a file is a duplicate, with other content a conflict', async () => {
    const job = await imported(operator, file(line('twice'), line('twice'), line('twice', { ListCost: '2.00' })));
    expect(job.receipts).toMatchObject({ counted: 1, duplicate: 1, conflict: 1 });
    expect(job.firstProblems).toMatchObject([
      { line: 4, code: 'CONTENT_CONFLICT', receipt: 'conflict', recordId: 'twice' },
    ]);
  });

  it('FIN-10: times are UTC, so consumption that ends after 16:00 UTC on 30 September is of October', async () => {
    await imported(
      operator,
      file(
        line('utc-1', { ChargePeriodStart: '2024-09-30 15:00:00', ChargePeriodEnd: '2024-09-30 16:00:00' }),
        line('utc-2', { ChargePeriodStart: '2024-09-30T16:00:00Z', ChargePeriodEnd: '2024-09-30T17:00:00Z' }),
      ),
    );
    expect(await loadRecord('utc-1')).toMatchObject({ billingCycle: '2024-09' });
    expect(await loadRecord('utc-2')).toMatchObject({ billingCycle: '2024-10' });
  });

  it('CUS-102: declares up to when usage is complete once the file is in', async () => {
    await imported(operator, file(line('complete-1')), { completeThrough: '2024-09-10T09:00:00+08:00' });
    expect(await usageCompleteThrough()).toBe('2024-09-10T01:00:00.000Z');
    await imported(operator, file(line('complete-2')), { completeThrough: '2024-09-09T09:00:00+08:00' });
    expect(await usageCompleteThrough()).toBe('2024-09-10T01:00:00.000Z');
  });

  it('CUS-096: is listed, newest first', async () => {
    clock.advance({ seconds: 1 }); // jobs of one instant have no order
    const jobId = await uploaded(operator, file(line('listed-1')));
    const { body } = await invoke(listImports, { as: operator, query: { limit: 1 } });
    expect(body).toMatchObject({ items: [{ jobId, status: 'pending', lines: 0 }], nextCursor: expect.any(String) });
  });

  it('CUS-020: leaves a trace of who prepared and who started it', async () => {
    const { jobId } = await imported(operator, file(line('traced-1')));
    const traces = await tracesOf('platform');
    const own = traces.filter(({ after }) => JSON.stringify(after)?.includes(jobId));
    expect(own.map(({ operation, actorId }) => [operation, actorId])).toEqual([
      ['create-expenditure-import', operator.operatorId],
      ['start-expenditure-import', operator.operatorId],
    ]);
  });

  it('CUS-096: is not started before its file is there', async () => {
    const { body } = await invoke(create, { as: operator, body: { fileName: 'usage.csv', format: 'focus-1.0' } });
    const answer = await invoke(start, { as: operator, path: { jobId: body.jobId } });
    expect(answer).toMatchObject({ status: 409, body: { code: 'IMPORT_NOT_UPLOADED' } });
  });

  it.each([start, get, problemsOf])('CUS-096: an unknown import answers 404 to $definition.name', async (handler) => {
    const answer = await invoke(handler, { as: operator, path: { jobId: 'job_unknown' } });
    expect(answer).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});

describe('a file that is broken', () => {
  it('CUS-096: byte-order mark, CRLF, NULL and nothing as no value, quotes and line ends inside quotes', async () => {
    const tags = '"{""env"": ""dev"",\r\n ""org"": ""trey, inc""}"';
    const content = `\uFEFF${headerLine}\r\n${line('crlf-1', { Tags: tags })}\r\n\r\n${line('crlf-2', { Tags: '' })}`;
    expect(await imported(operator, content)).toMatchObject({
      status: 'completed',
      lines: 2,
      receipts: { counted: 2 },
    });
  });

  it('CUS-096: a broken line costs itself alone, and is named by its number', async () => {
    const job = await imported(
      operator,
      file(
        line('broken-1'),
        'too,few,columns',
        line('broken-2', { Tags: '"a stray quote' }),
        line('broken-3', { Tags: 'one in " the middle' }),
        line('broken-4', { Tags: '"closed" too early' }),
        line('broken-5', { ListCost: 'many' }),
        line('broken-6'),
      ),
    );
    expect(job).toMatchObject({ status: 'completed', lines: 7, receipts: { counted: 2, rejected: 5 }, problems: 5 });
    expect(job.firstProblems).toMatchObject([
      { line: 3, code: 'LINE_BROKEN', detail: 'has 3 columns instead of 12' },
      { line: 4, code: 'LINE_BROKEN' },
      { line: 5, code: 'LINE_BROKEN' },
      { line: 6, code: 'LINE_BROKEN' },
      { line: 7, code: 'RECORD_INVALID', recordId: 'broken-5', quarantineEntryId: expect.any(String) },
    ]);
    expect(await loadRecord('broken-6')).toBeDefined();
  });

  it('CUS-096: a quoted field of 50 MB is refused, the lines after it are imported', async () => {
    const huge = Buffer.alloc(50 * 1024 * 1024, 'x');
    const parts = [`${headerLine}\n${line('huge-1')}\nhuge-2,"`, huge, `"\n${line('huge-3')}\n`];
    const content = Buffer.concat(parts.map((part) => Buffer.from(part)));
    const job = await imported(operator, content);
    expect(job).toMatchObject({ status: 'completed', receipts: { counted: 2, rejected: 1 } });
    expect(job.firstProblems).toMatchObject([{ line: 3, code: 'LINE_BROKEN' }]);
    expect(await loadRecord('huge-3')).toBeDefined();
  });

  it.each([
    ['an empty file', '', 'The file is empty.'],
    ['a file of something else', 'name;age\nAda;36\n', 'lacks the FOCUS 1.0 columns Id, SubAccountId'],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe, 0x00]), 'no header'],
    ['a renamed column', headerLine.replace('ListCost', 'Cost'), 'lacks the FOCUS 1.0 columns ListCost.'],
    ['a column twice', `${headerLine},ListCost`, 'ListCost twice'],
  ])('CUS-096: %s fails as a whole, with the reason', async (_what, content, failure) => {
    const job = await imported(operator, content);
    expect(job).toMatchObject({ status: 'failed', lines: 0, failure: expect.stringContaining(failure) });
  });

  it('CUS-096: all problems can be read page by page, in the order of the file', async () => {
    const unknown = Array.from({ length: 45 }, (_, i) => focusLine(`unknown-${i}`, 'nobody'));
    const job = await imported(operator, file(...unknown));
    expect(job.firstProblems).toHaveLength(20);
    const lines: number[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: 20, ...(cursor ? { cursor } : {}) };
      const { body } = await invoke(problemsOf, { as: operator, path: { jobId: job.jobId }, query });
      lines.push(...body.items.map((problem: { line: number }) => problem.line));
      cursor = body.nextCursor;
    } while (cursor);
    expect(lines).toEqual(unknown.map((_, i) => i + 2));
  });

  it('CUS-096: an import of several segments comes to the same as one', async () => {
    const owner = await associatedInAugust();
    const lines = Array.from({ length: 4_500 }, (_, i) =>
      focusLine(`many-${i}`, owner.accountId, { ListCost: '0.01' }),
    );
    const job = await imported(operator, file(...lines));
    expect(job).toMatchObject({
      status: 'completed',
      lines: 4_500,
      receipts: { counted: 4_500 },
      listPrices: { expenditure: '45.00' },
    });
    expect(await usageOf(owner)).toBe('45.00');
    expect((await importJob(operator, job.jobId)).bytes.done).toBe(job.bytes.total);
  }, 120_000);
});

async function associatedInAugust(): Promise<TestCustomer> {
  const now = clock.now();
  clock.set('2024-08-01T00:00:00+08:00');
  const created = await aCustomer({ of: partner });
  clock.set(now);
  return created;
}
