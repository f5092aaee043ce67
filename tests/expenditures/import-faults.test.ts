import { beforeAll, describe, expect, it } from 'vitest';
import { runImport } from '#lib/expenditures/index.ts';
import { handler as start } from '../../functions/expenditures/start-expenditure-import.ts';
import {
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  failNth,
  invoke,
  type TestPartner,
  useStack,
  waitingMessages,
} from '../support/index.ts';
import { focusLine, headerLine, importJob, uploaded } from './imports.ts';
import { aLongCustomer, monthOf } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;

beforeAll(async () => {
  clock.set('2024-10-01T10:00:00+08:00');
  operator = await anOperator();
  partner = await aPartner();
});

let files = 0;

/** A file for a fresh customer, `lines` of usage long, with a line twice, a broken one and one of nobody. */
async function aFile(lines: number) {
  files += 1;
  const customer = await aLongCustomer({ of: partner });
  const line = (id: string) => focusLine(`f${files}-${id}`, customer.accountId, { ListCost: '0.00000000001' });
  const usage = Array.from({ length: lines }, (_, i) => line(String(i)));
  const content = [headerLine, ...usage, line('0'), 'broken', focusLine(`f${files}-nobody`, 'nobody'), ''].join('\n');
  return { customer, jobId: await uploaded(operator, content) };
}

const begin = (jobId: string) => invoke(start, { as: operator, path: { jobId } });

const outcome = (lines: number) => ({
  status: 'completed',
  lines: lines + 3,
  receipts: { counted: lines, late: 0, duplicate: 1, conflict: 0, rejected: 2 },
  listPrices: { refund: '0.00', adjustment: '0.00' },
  problems: 2,
  firstProblems: [
    { line: lines + 3, code: 'LINE_BROKEN' },
    { line: lines + 4, code: 'UNKNOWN_CUSTOMER' },
  ],
});

describe('an import under faults', () => {
  it.each(['before', 'after'] as const)(
    'CUS-267: a crash %s any write, then the message again, comes to the same',
    async (when) => {
      for (let n = 1; ; n += 1) {
        const { customer, jobId } = await aFile(100);
        await begin(jobId);
        using crash = crashAtWrite(n, when);
        await drain();
        expect(await importJob(operator, jobId)).toMatchObject({
          ...outcome(100),
          listPrices: { expenditure: '0.000000001' },
        });
        expect(await monthOf({ partner, customer })).toMatchObject({ usage: '0.000000001', count: 100 });
        if (!crash.struck) return;
      }
    },
    240_000,
  );

  it.each(['before', 'after'] as const)(
    'CUS-267: a crash %s the message for the next segment loses no segment',
    async (when) => {
      const { customer, jobId } = await aFile(2_001);
      await begin(jobId);
      using crash = failNth(1, when, 'SendMessageBatch');
      await drain();
      expect(crash.struck).toBe(true);
      expect(await importJob(operator, jobId)).toMatchObject(outcome(2_001));
      expect(await monthOf({ partner, customer })).toMatchObject({ count: 2_001 });
    },
    120_000,
  );

  it('CUS-267: two runs of a segment at once add it once', async () => {
    const { customer, jobId } = await aFile(150);
    await begin(jobId);
    const run = () => asSystem((now) => runImport({ jobId, segment: 0 }, now));
    await Promise.all([run(), run()]);
    expect(await importJob(operator, jobId)).toMatchObject(outcome(150));
    expect(await monthOf({ partner, customer })).toMatchObject({ count: 150 });
    await drain(); // the message of the start finds the import completed
    expect(await importJob(operator, jobId)).toMatchObject(outcome(150));
  });

  it('CUS-267: an import whose message was given up goes on when it is started again', async () => {
    const { jobId } = await aFile(10);
    {
      using _lost = failNth(1, 'before', 'SendMessageBatch');
      expect(await begin(jobId)).toMatchObject({ status: 500 });
    }
    expect(await waitingMessages('expenditure-imports')).toEqual([]);
    expect(await begin(jobId)).toMatchObject({ status: 202, body: { status: 'processing' } });
    await drain();
    expect(await importJob(operator, jobId)).toMatchObject(outcome(10));
    expect(await begin(jobId)).toMatchObject({ status: 202, body: { status: 'completed' } });
    expect(await waitingMessages('expenditure-imports')).toEqual([]);
  });
});
