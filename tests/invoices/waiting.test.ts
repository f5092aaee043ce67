import { beforeAll, beforeEach, expect, it } from 'vitest';
import { invoiceDelayed } from '#events/invoices.ts';
import { billIdOf } from '#lib/billing/index.ts';
import { draftOrWait, draftWaiting, listInvoices } from '#lib/invoices/index.ts';
import { maybeCall } from '#lib/shared/call.ts';
import { MAX_DELIVERIES } from '#lib/shared/consumer.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import sample from '../../events/samples/invoice.delayed.v1.json' with { type: 'json' };
import { handler as reissueBill } from '../../functions/billing/reissue-bill.ts';
import { handler as voidBill } from '../../functions/billing/void-bill.ts';
import { handler as draftWaitingInvoices } from '../../functions/invoices/draft-waiting-invoices.ts';
import { handler as listWaitingInvoices } from '../../functions/invoices/list-waiting-invoices.ts';
import { handler as retryInvoice } from '../../functions/invoices/retry-invoice.ts';
import { handler as listMessages } from '../../functions/notifications/list-messages.ts';
import { handler as setContractingEntity } from '../../functions/partners/set-contracting-entity.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import { Fault } from '../support/faults.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  beforeTransaction,
  type Caller,
  clock,
  crashAtWrite,
  deadLetters,
  drain,
  failNth,
  invoke,
  publishedEvents,
  runSchedule,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { anIssuingEntity } from './world.ts';

useStack();

/** Their bills are issued on a working day. */
const CYCLES = ['2024-07', '2024-08', '2024-10', '2024-11', '2025-01', '2025-02', '2025-04', '2025-05', '2025-07'];
const ISSUED = ['2024-08', '2024-09', '2024-11', '2024-12', '2025-02', '2025-03', '2025-05', '2025-06', '2025-08'];
let operator: Caller;
let partner: TestPartner;
let cycle: BillingMonth;
let test = 0;

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.09' });
  const address = { street: '1 Harbour Road', city: 'Hong Kong', country: 'HK' };
  await anIssuingEntity('CSHK', { standard: false, address }); // of partners with a contract with it
});

/** A bill of a cycle and partner of its own; nobody invoices the partner yet. */
beforeEach(async () => {
  cycle = CYCLES[test] as BillingMonth;
  const issuedAt = `${ISSUED[test]}-05T10:00:00+08:00`;
  test += 1;
  clock.set(`${cycle}-01T00:00:00+08:00`);
  partner = await aPartner({ companyName: `Acme ${test}` });
  const customer = await aCustomer({ of: partner });
  clock.set(`${cycle}-20T00:00:00+08:00`);
  await consume(customer, { list: '100', at: `${cycle}-10T10:00:00+08:00` });
  clock.set(issuedAt);
});

const bill = () => runBilling(clock.now());
const billId = () => billIdOf(partner.partnerId, cycle);
const contract = async () => {
  const body = { contractingEntity: 'HK', reason: 'contract signed' };
  const { partnerId } = partner;
  expect((await invoke(setContractingEntity, { as: operator, path: { partnerId }, body })).status).toBe(200);
};
const voided = async () => {
  const body = { reason: 'wrong discount' };
  expect((await invoke(voidBill, { as: operator, path: { billId: billId() }, body })).status).toBe(200);
};
const sweep = async () => {
  await runSchedule(draftWaitingInvoices, clock.now());
  await drain();
};
const waiting = async () => {
  const { items } = (await invoke(listWaitingInvoices, { as: operator })).body;
  return items.filter(({ partnerId }: { partnerId: string }) => partnerId === partner.partnerId);
};
const invoices = async () => (await listInvoices(partner.partnerId, {}, { limit: 10 })).invoices;
const billMails = async () => {
  const own = (await sentMails()).filter(({ to }) => to.includes(partner.partner.contact.email ?? ''));
  return own.filter(({ subject }) => subject.startsWith('Your bill for'));
};
const delayed = async () =>
  (await publishedEvents('invoice.delayed')).filter(({ detail }) => detail.billId === billId()).length;

it('FIN-18, FIN-110: without an issuing entity the bill mail leaves at its time, and operators see what waits', async () => {
  await bill();
  const [mail, ...more] = await billMails();
  expect(more).toEqual([]);
  expect(mail?.subject).toBe(`Your bill for ${cycle}: 109.00 USD`);
  expect(mail?.text).not.toContain('Invoice:');
  expect(await waiting()).toEqual([
    { billId: billId(), partnerId: partner.partnerId, cycle, cause: 'ISSUING_ENTITY_MISSING', since: clock.now() },
  ]);
  expect((await invoke(listWaitingInvoices, { as: partner })).status).toBe(403);
  const { body } = await invoke(listMessages, { as: operator });
  const titles = body.items.map(({ title }: { title: string }) => title);
  expect(titles).toContain(`The invoice of Acme ${test} cannot be made out`);
  expect(await deadLetters('invoices')).toEqual([]);
  expect(invoiceDelayed.detail.parse(sample)).toEqual(sample);

  await sweep(); // nothing has changed
  expect([await waiting(), await invoices(), await delayed()]).toMatchObject([[{ cycle }], [], 1]);
  await contract();
  await sweep();
  expect(await invoices()).toMatchObject([{ billId: billId(), status: 'Invoiced' }]);
  expect(await waiting()).toEqual([]);
  expect(await billMails()).toHaveLength(1);
});

it('FIN-18: nor does the mail wait for files that cannot be made; the bill is not told of again', async () => {
  await contract();
  {
    const faults = Array.from({ length: 20 }, (_, i) => failNth(i + 1, 'before', 'PutObject'));
    await bill();
    for (const fault of faults) fault[Symbol.dispose]();
  }
  const [failed] = await invoices();
  expect(failed?.status).toBe('Failed');
  expect((await billMails()).map(({ text }) => text?.includes('Invoice:'))).toEqual([false]);
  const path = { invoiceNo: failed?.invoiceNo ?? '' };
  await invoke(retryInvoice, { as: operator, path, body: { reason: 'storage is back' } });
  await drain();
  expect(await invoices()).toMatchObject([{ ...path, status: 'Invoiced' }]);
  expect(await billMails()).toHaveLength(1);
});

it('FIN-14: a bill that is voided waits no more; the one in its place has its own invoice', async () => {
  await bill();
  await voided();
  await drain();
  expect(await waiting()).toEqual([]);
  await contract();
  await invoke(reissueBill, { as: operator, path: { billId: billId() }, body: { reason: 'x' } });
  await drain();
  expect(await invoices()).toMatchObject([{ billId: `${billId()}_r2`, status: 'Invoiced' }]);
  expect(await billMails()).toHaveLength(2); // of each bill
});

it('FIN-14, FIN-111: voided in the instant of the draft, it gets none', async () => {
  await bill();
  await contract();
  using meanwhile = beforeTransaction(voided);
  await asSystem(draftWaiting);
  expect(meanwhile.happened).toBe(true);
  await drain();
  expect([await invoices(), await waiting()]).toEqual([[], []]);
});

it('FIN-15, FIN-111: swept twice while its message comes again, it has one invoice', async () => {
  await bill();
  await contract();
  const again = (now: Parameters<typeof draftWaiting>[0]) =>
    draftOrWait(billId(), { now, attempt: 1, messageId: 'again' });
  await Promise.all([asSystem(draftWaiting), asSystem(again), asSystem(draftWaiting), asSystem(again)]);
  await drain();
  expect(await invoices()).toHaveLength(1);
  expect([await waiting(), await delayed()]).toEqual([[], 1]);
  expect(await billMails()).toHaveLength(1);
});

it('FIN-18: the entity is set in the instant in which the invoice is to wait: told of once either way', async () => {
  using meanwhile = beforeTransaction(contract);
  await bill();
  await sweep();
  expect(meanwhile.happened).toBe(true);
  expect(await invoices()).toHaveLength(1);
  expect(await billMails()).toHaveLength(1);
});

it('FIN-18: what fails for another reason at every delivery waits, too', async () => {
  await contract();
  {
    using fault = new Fault((seen, command) => {
      if (maybeCall()?.operation !== 'draft-invoice' || command !== 'TransactWriteItems') return 'pass';
      seen.writes += 1;
      return seen.writes <= MAX_DELIVERIES ? 'fail-before' : 'pass';
    });
    await bill();
    expect(fault.writes).toBe(MAX_DELIVERIES + 1);
  }
  expect([await waiting(), await deadLetters('invoices')]).toMatchObject([[{ cause: 'PROCESSING_FAILED' }], []]);
  expect(await billMails()).toHaveLength(1);
  await sweep();
  expect(await invoices()).toHaveLength(1);
  expect(await billMails()).toHaveLength(1);
});

it('FIN-110: a crash behind the draft that ends the waiting changes nothing', async () => {
  await bill();
  await contract();
  {
    using _fault = crashAtWrite(1, 'after');
    await asSystem(draftWaiting);
  }
  await sweep();
  expect([await invoices(), await waiting(), await delayed()]).toMatchObject([[{ status: 'Invoiced' }], [], 1]);
  expect(await billMails()).toHaveLength(1);
});
