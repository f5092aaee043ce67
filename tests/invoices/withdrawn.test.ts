import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { billIdOf } from '#lib/billing/index.ts';
import { hold, letGo } from '#lib/invoices/draft-store.ts';
import { listInvoices, numberInvoices, renderInvoice, withdrawInvoices } from '#lib/invoices/index.ts';
import { type BillingMonth, monthPlus, plus } from '#lib/shared/time.ts';
import { handler as reissueBill } from '../../functions/billing/reissue-bill.ts';
import { handler as voidBill } from '../../functions/billing/void-bill.ts';
import { handler as getInvoice } from '../../functions/invoices/get-invoice.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  beforeTransaction,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  failNth,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { anIssuingEntity } from './world.ts';

useStack();

let operator: Caller;
let partner: TestPartner;
let cycle = '2023-01' as BillingMonth;
const everybody: TestPartner[] = [];

beforeAll(async () => {
  clock.set('2022-12-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.09' }, '2022-01-01T00:00:00+08:00');
  await anIssuingEntity();
});

beforeEach(nextPartner);

/** Every test has a cycle and a partner of its own. */
async function nextPartner(): Promise<void> {
  cycle = monthPlus(cycle, 1);
  clock.set(`${cycle}-01T00:00:00+08:00`);
  partner = await aPartner();
  everybody.push(partner);
  const customer = await aCustomer({ of: partner });
  clock.set(`${cycle}-20T00:00:00+08:00`);
  await consume(customer, { list: '100', at: `${cycle}-10T10:00:00+08:00` });
  clock.set(`${monthPlus(cycle, 1)}-05T02:00:00+08:00`);
}

const bill = () => runBilling(clock.now());
const billId = () => billIdOf(partner.partnerId, cycle);
const voided = async () => {
  const { status } = await invoke(voidBill, { as: operator, path: { billId: billId() }, body: { reason: 'wrong' } });
  expect(status).toBe(200);
};
const documentsOf = async ({ partnerId }: TestPartner) => (await listInvoices(partnerId, {}, { limit: 50 })).invoices;
const kinds = async () =>
  (await documentsOf(partner)).map(({ cancels, status }) => `${cancels ? 'credit note' : 'invoice'} ${status}`);
const number = () => asSystem((now) => numberInvoices('CSER', now));
const withdraw = () =>
  asSystem((now) => withdrawInvoices({ billId: billId(), partnerId: partner.partnerId, cycle, invoiceNos: [] }, now));

/** The bill's invoice is drafted, and its series is held by a worker that has not come to it. */
async function aDraft(): Promise<void> {
  await asSystem((now) => hold('CSER', now, plus(now, { seconds: 3_600 })));
  await bill();
  expect(await kinds()).toEqual([]);
}

/** More often than a message is delivered. */
function failing(command: string): Disposable {
  const faults = Array.from({ length: 30 }, (_, i) => failNth(i + 1, 'before', command));
  return { [Symbol.dispose]: () => faults.forEach((fault) => void fault[Symbol.dispose]()) };
}

async function aFailedInvoice(): Promise<string> {
  using _outage = failing('PutObject');
  await bill();
  const [invoice] = await documentsOf(partner);
  expect(invoice?.status).toBe('Failed');
  return invoice?.invoiceNo ?? '';
}

describe('the draft of a voided bill', () => {
  it('FIN-14, FIN-111: is dropped and takes no number; the bill in its place has an invoice of its own', async () => {
    await aDraft();
    await voided();
    await drain();
    await letGo('CSER');
    expect(await number()).toBe(0);
    expect(await kinds()).toEqual([]);
    await invoke(reissueBill, { as: operator, path: { billId: billId() }, body: { reason: 'x' } });
    await drain();
    expect(await documentsOf(partner)).toMatchObject([{ billId: `${billId()}_r2`, status: 'Invoiced' }]);
  });

  it('FIN-14, FIN-117: had its number first: the credit note follows', async () => {
    await aDraft();
    await voided();
    await letGo('CSER');
    expect(await number()).toBe(1);
    await drain();
    expect(await kinds()).toEqual(['credit note Invoiced', 'invoice Returned']);
  });

  it('FIN-110, FIN-117: numbered and dropped at once: one of the two, and never a gap', async () => {
    for (let round = 0; round < 3; round += 1) {
      await aDraft();
      await voided();
      await letGo('CSER');
      await Promise.all([withdraw(), number(), withdraw()]);
      await drain();
      const after = await kinds();
      expect([[], ['credit note Invoiced', 'invoice Returned']]).toContainEqual(after);
      await nextPartner();
    }
  });

  it.each([1, 2])('FIN-14: dropping it dies %i: a repetition drops it', async (n) => {
    await aDraft();
    await voided();
    {
      using _fault = crashAtWrite(n, n === 1 ? 'before' : 'after');
      await withdraw().catch(() => undefined);
    }
    await drain();
    await letGo('CSER');
    expect([await number(), await kinds()]).toEqual([0, []]);
  });
});

describe('a Failed invoice of a voided bill', () => {
  it('FIN-14, FIN-117: its files are tried once more, and it is settled without anybody', async () => {
    const invoiceNo = await aFailedInvoice();
    await voided();
    await drain();
    expect(await kinds()).toEqual(['credit note Invoiced', 'invoice Returned']);
    const { body } = await invoke(getInvoice, { as: partner, path: { invoiceNo } });
    expect((await fetch(body.files.pdf)).status).toBe(200);
  });

  it('FIN-14, FIN-117: it is settled also when they cannot be made again; links to them are not shown', async () => {
    const invoiceNo = await aFailedInvoice();
    const told = (await publishedEvents('invoice.failed')).length;
    await voided();
    {
      using _outage = failing('PutObject');
      await drain();
    }
    expect(await kinds()).toEqual(['credit note Failed', 'invoice Returned']);
    expect((await invoke(getInvoice, { as: partner, path: { invoiceNo } })).body.files).toBeNull();
    expect((await publishedEvents('invoice.failed')).length).toBe(told + 1); // of the credit note, which waits for an operator
  });

  it('FIN-14: it fails in the instant in which the bill is voided: the credit note follows', async () => {
    await aDraft();
    await letGo('CSER');
    await number();
    const [invoice] = await documentsOf(partner);
    {
      using _outage = failing('PutObject');
      using meanwhile = beforeTransaction(voided);
      const last = { attempt: 5, messageId: 'test' };
      await asSystem((now) => renderInvoice(invoice?.invoiceNo ?? '', { now, ...last }));
      expect(meanwhile.happened).toBe(true);
    }
    await drain();
    expect(await kinds()).toEqual(['credit note Invoiced', 'invoice Returned']);
  });

  it.each([1, 2, 3, 4])('FIN-14, FIN-117: a crash behind write %i of it ends with one credit note', async (n) => {
    await aFailedInvoice();
    await voided();
    {
      using _fault = crashAtWrite(n, 'after');
      await drain();
    }
    clock.advance({ minutes: 6 });
    await number(); // who held the series and died holds it no more
    await drain();
    expect((await kinds()).sort()).toEqual(['credit note Invoiced', 'invoice Returned']);
  });
});

it('FIN-110: after all of it the numbers have no gap', async () => {
  const all = (await Promise.all(everybody.map(documentsOf))).flat();
  const byYear = Map.groupBy(all, ({ invoiceNo }) => invoiceNo.slice(0, 6));
  for (const [series, invoices] of byYear) {
    const given = invoices.map(({ invoiceNo }) => invoiceNo).sort();
    expect(given).toEqual(invoices.map((_, i) => `${series}${String(i + 1).padStart(6, '0')}`));
  }
});
