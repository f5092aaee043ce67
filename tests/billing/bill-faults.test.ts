import { beforeAll, describe, expect, it } from 'vitest';
import { advancePartner, planRun, settlePart, startRun } from '#lib/billing/index.ts';
import { type BillingMonth, monthPlus } from '#lib/shared/time.ts';
import { handler as getBillRun } from '../../functions/billing/get-bill-run.ts';
import { handler as rerunPartnerBill } from '../../functions/billing/rerun-partner-bill.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  deadLetters,
  drain,
  invoke,
  publishedEvents,
  type TestCustomer,
  type TestPartner,
  throttle,
  useStack,
} from '../support/index.ts';
import { allLines } from './lines.ts';
import { takeAway } from './take-away.ts';
import { aTaxRule, consume, runBilling } from './world.ts';

useStack();

let partner: TestPartner;
let customers: TestCustomer[];
let operator: Caller;
let cycle = '2015-01' as BillingMonth;

beforeAll(async () => {
  clock.set('2014-12-01T00:00:00+08:00');
  await aTaxRule('SG', { VAT: '0.07' }, '2014-01-01T00:00:00+08:00');
  partner = await aPartner();
  customers = [await aCustomer({ of: partner }), await aCustomer({ of: partner })];
  operator = await anOperator();
});

/** A fresh cycle with three records of two customers: 100, 50.5 and 0.3, with tax 161.356. @returns the record ids */
async function aCycle(): Promise<string[]> {
  cycle = monthPlus(cycle, 1);
  clock.set(`${cycle}-28T00:00:00+08:00`);
  const [first, second] = customers as [TestCustomer, TestCustomer];
  const at = `${cycle}-10T10:00:00+08:00`;
  const ids = [
    ...(await consume(first, { list: '100', at }, { list: '50.5', at })),
    ...(await consume(second, { list: '0.3', at })),
  ];
  clock.set(`${monthPlus(cycle, 1)}-05T02:00:00+08:00`);
  return ids;
}

const dueAt = () => `${monthPlus(cycle, 1)}-05T02:00:00+08:00`;
const room = async () => (await invoke(getBillRun, { as: operator, path: { cycle } })).body;
const eventsOf = async (name: string) =>
  (await publishedEvents(name)).filter(({ detail }) => detail.cycle === cycle).map(({ detail }) => detail);

async function expectOneBill(): Promise<void> {
  const { run, items } = await room();
  expect(run).toMatchObject({ state: 'complete', partners: { expected: 0, generating: 0, issued: 1, parked: 0 } });
  expect(run.billAmountExact).toBe('161.35600000');
  expect(items).toMatchObject([{ state: 'issued', linesEqualHeader: true, lines: { count: 3, due: '161.35600000' } }]);
  expect(await eventsOf('bill.issued')).toMatchObject([{ amountDue: '161.36' }]);
  const lines = await allLines(partner, cycle);
  expect(lines.map(({ due }) => due).sort()).toEqual(['0.32100000', '107.00000000', '54.03500000']);
}

describe('a crash', () => {
  // putting the run, its plan message, places, partner messages, plan moved; month and customers closed, parts cut, terms, part messages;
  // lines, partner message; bill
  it.each(Array.from({ length: 14 }, (_, i) => i + 1))(
    'FIN-15, FIN-165: behind write %i of the run leaves one bill after redelivery',
    async (n) => {
      await aCycle();
      {
        using fault = crashAtWrite(n, 'after');
        await runBilling(dueAt()).catch(() => {}); // the scheduler starts it again
        await runBilling(dueAt());
        expect(fault.struck).toBe(true);
      }
      await expectOneBill();
      expect(await deadLetters('bill-runs')).toEqual([]);
      expect(await deadLetters('bill-parts')).toEqual([]);
    },
  );

  it('FIN-15: a throttled table delays the bill and does not double it', async () => {
    await aCycle();
    await asSystem((now) => startRun(cycle, 'system', now));
    using throttled = throttle(8); // more than the client's own repetitions bear
    await drain();
    expect(throttled.left).toBe(0);
    await expectOneBill();
  });
});

describe('the same message', () => {
  it('FIN-15: twice at the same time, at every step, makes one bill', async () => {
    await aCycle();
    const message = { cycle, partnerId: partner.partnerId };
    const twice = (step: () => Promise<unknown>) => asSystem(() => Promise.all([step(), step()]));
    const now = clock.now();
    await twice(() => startRun(cycle, 'system', now));
    await twice(() => planRun(cycle));
    await twice(() => advancePartner(message, now));
    await twice(() => settlePart({ ...message, part: 1 }));
    await twice(() => advancePartner(message, now));
    await expectOneBill();
    await drain(); // all the messages of these steps come now, too
    await expectOneBill();
  });

  it('FIN-15: again after the issue changes nothing', async () => {
    await aCycle();
    await runBilling(dueAt());
    const before = await room();
    const message = { cycle, partnerId: partner.partnerId };
    clock.advance({ hours: 3 });
    await asSystem(async (now) => {
      await startRun(cycle, 'system', now);
      await planRun(cycle);
      await settlePart({ ...message, part: 1 });
      await advancePartner(message, now);
    });
    await drain();
    expect(await room()).toEqual(before);
    await expectOneBill();
  });
});

describe('an index that lags', () => {
  it('FIN-14, FIN-19: lines that are not those of the closed month park the partner; the rerun, once they are there, bills all', async () => {
    const [late] = await aCycle();
    const missing = await takeAway(late ?? '');
    await runBilling(dueAt());
    expect((await room()).items).toMatchObject([
      { state: 'parked', cause: { code: 'LINES_INCOMPLETE' }, bill: null, linesEqualHeader: null },
    ]);
    expect(await eventsOf('bill.parked')).toMatchObject([{ partnerId: partner.partnerId, code: 'LINES_INCOMPLETE' }]);
    expect(await eventsOf('bill.issued')).toEqual([]);
    expect(await deadLetters('bill-parts')).toEqual([]);

    await missing.putBack();
    const path = { cycle, partnerId: partner.partnerId };
    const answer = await invoke(rerunPartnerBill, { as: operator, path, body: { reason: 'the index has caught up' } });
    expect(answer).toMatchObject({ status: 202, body: { state: 'generating', cause: null } });
    await drain();
    await expectOneBill();
  });
});
