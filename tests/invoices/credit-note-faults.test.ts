import { beforeAll, expect, it } from 'vitest';
import { billIdOf } from '#lib/billing/index.ts';
import { numberInvoices } from '#lib/invoices/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { handler as voidBill } from '../../functions/billing/void-bill.ts';
import { handler as decideTicket } from '../../functions/invoices/decide-invoice-ticket.ts';
import { handler as listInvoices } from '../../functions/invoices/list-invoices.ts';
import { handler as returnInvoice } from '../../functions/invoices/return-invoice.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  type Caller,
  clock,
  crashAtWrite,
  drain,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { anAttachment } from './handed-in.ts';
import { anIssuingEntity } from './world.ts';

useStack();

/** Accepted or voided, hold, numbers, letting go, both files, announcement: seven writes, and one beyond them. */
const WRITES = [1, 2, 3, 4, 5, 6, 7, 8];
const CRASHES = (['before', 'after'] as const).flatMap((when) => WRITES.map((write) => ({ when, write })));
const JULY = '2024-07' as BillingMonth;
let operator: Caller;
const returned: TestPartner[] = [];
const voided: TestPartner[] = [];

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.09' });
  await anIssuingEntity();
  for (const _crash of CRASHES) {
    returned.push(await aPartner());
    voided.push(await aPartner());
  }
  const customers = await Promise.all([...returned, ...voided].map((of) => aCustomer({ of })));
  clock.set('2024-07-20T00:00:00+08:00');
  for (const customer of customers) await consume(customer, { list: '100', at: '2024-07-10T10:00:00+08:00' });
  clock.set('2024-08-05T10:00:00+08:00');
  await runBilling();
}, 240_000);

const documentsOf = async (partner: TestPartner) => (await invoke(listInvoices, { as: partner })).body.items;

async function aReturn(partner: TestPartner): Promise<string> {
  const [{ invoiceNo }] = await documentsOf(partner);
  const body = { reason: 'wrong address', attachmentId: await anAttachment(partner) };
  return (await invoke(returnInvoice, { as: partner, path: { invoiceNo }, body })).body.ticketId;
}

/** Dies once, then comes again and again. */
async function dieAndRepeat({ when, write }: (typeof CRASHES)[number], act: () => Promise<unknown>): Promise<void> {
  {
    using _fault = crashAtWrite(write, when);
    await act().catch(() => undefined);
    await drain();
  }
  // A message comes again after its six minutes, when who held the series and died holds it no more; here it came at once and left.
  clock.advance({ seconds: 360 });
  await asSystem((now) => numberInvoices('CSER', now));
  for (let i = 0; i < 2; i += 1) {
    await act();
    await drain();
  }
}

async function expectOneCreditNote(partner: TestPartner, label: string): Promise<void> {
  const [creditNote, invoice, ...more] = await documentsOf(partner);
  expect(more, label).toEqual([]);
  expect(creditNote, label).toMatchObject({ documentType: 'credit-note', status: 'Invoiced', amount: '109.00' });
  expect(creditNote.cancels, label).toBe(invoice.invoiceNo);
  expect(invoice, label).toMatchObject({ status: 'Returned', cancelledBy: creditNote.invoiceNo });
}

it('FIN-110, FIN-117: wherever an acceptance dies, a repetition ends with one credit note', async () => {
  for (const [i, crash] of CRASHES.entries()) {
    const partner = returned[i];
    if (!partner) throw new Error('a partner for every crash');
    const path = { ticketId: await aReturn(partner) };
    const body = { accepted: true, answer: 'Agreed.' };
    await dieAndRepeat(crash, () => invoke(decideTicket, { as: operator, path, body }));
    await expectOneCreditNote(partner, `${crash.when} write ${crash.write}`);
  }
}, 240_000);

it('FIN-14, FIN-117: wherever the withdrawal of a voided bill dies, a repetition ends with one credit note', async () => {
  for (const [i, crash] of CRASHES.entries()) {
    const partner = voided[i];
    if (!partner) throw new Error('a partner for every crash');
    const path = { billId: billIdOf(partner.partnerId, JULY) };
    expect((await invoke(voidBill, { as: operator, path, body: { reason: 'wrong discount' } })).status).toBe(200);
    await dieAndRepeat(crash, async () => undefined);
    await expectOneCreditNote(partner, `${crash.when} write ${crash.write}`);
  }
}, 240_000);

it('FIN-110, FIN-117: after all of it there is no gap, and each credit note was announced once', async () => {
  const all = (await Promise.all([...returned, ...voided].map(documentsOf))).flat();
  const numbers = all.map(({ invoiceNo }: { invoiceNo: string }) => invoiceNo).sort();
  const count = CRASHES.length * 4; // an invoice and a credit note of each partner
  expect(numbers).toEqual(Array.from({ length: count }, (_, i) => `CSER24${String(i + 1).padStart(6, '0')}`));
  expect(await publishedEvents('credit-note.created')).toHaveLength(CRASHES.length * 2);
});
