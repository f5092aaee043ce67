import { beforeAll, expect, it } from 'vitest';
import { billIdOf } from '#lib/billing/index.ts';
import { draftInvoice } from '#lib/invoices/draft-invoice.ts';
import { numberInvoices, renderInvoice, withdrawInvoices } from '#lib/invoices/index.ts';
import { listInvoices } from '#lib/invoices/invoice-store.ts';
import { type BillingMonth, plus } from '#lib/shared/time.ts';
import { handler as getBill } from '../../functions/billing/get-bill.ts';
import { handler as getInvoice } from '../../functions/invoices/get-invoice.ts';
import { handler as reissue } from '../../functions/invoices/reissue-invoice.ts';
import { handler as retry } from '../../functions/invoices/retry-invoice.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  asSystem,
  clock,
  crashAtWrite,
  deadLetters,
  drain,
  failNth,
  invoke,
  publishedEvents,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { anIssuingEntity } from './world.ts';

useStack();

const JULY = '2024-07' as BillingMonth;
const CRASHES = (['before', 'after'] as const).flatMap((when) => [1, 2, 3, 4, 5].map((write) => ({ when, write })));
const partners: TestPartner[] = [];

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  await aTaxRule('SG', { VAT: '0.09' });
  for (const _crash of CRASHES) partners.push(await aPartner());
  const customers = await Promise.all(partners.map((of) => aCustomer({ of })));
  clock.set('2024-07-20T00:00:00+08:00');
  for (const customer of customers) await consume(customer, { list: '100', at: '2024-07-10T10:00:00+08:00' });
  clock.set('2024-08-05T02:00:00+08:00');
  await runBilling();
}, 120_000);

const invoicesOf = async ({ partnerId }: TestPartner) => (await listInvoices(partnerId, {}, { limit: 10 })).invoices;

/** More often than a message is delivered. */
function failing(command: string): Disposable {
  const faults = Array.from({ length: 20 }, (_, i) => failNth(i + 1, 'before', command));
  return { [Symbol.dispose]: () => faults.forEach((fault) => void fault[Symbol.dispose]()) };
}

/** What the three consumers do for one bill, one after the other. */
async function workOff(partner: TestPartner): Promise<void> {
  await asSystem((now) => draftInvoice(billIdOf(partner.partnerId, JULY), now));
  await asSystem((now) => numberInvoices('CSER', now));
  for (const { invoiceNo } of await invoicesOf(partner))
    await asSystem((now) => renderInvoice(invoiceNo, { now, attempt: 1, messageId: 'test' }));
}

it('FIN-110: without an issuing entity nothing is made, and no message is given up', async () => {
  expect(await deadLetters('invoices')).toEqual([]);
  for (const partner of partners) expect(await invoicesOf(partner)).toEqual([]);
});

it('FIN-15, FIN-110, FIN-111: wherever it dies, a repetition ends with one invoice, one announcement and no gap', async () => {
  await anIssuingEntity();
  for (const [i, { when, write }] of CRASHES.entries()) {
    const partner = partners[i];
    if (!partner) throw new Error('a partner for every crash');
    {
      using _fault = crashAtWrite(write, when);
      await workOff(partner).catch(() => undefined);
    }
    clock.set(plus(clock.now(), { seconds: 120 }));
    await workOff(partner);
    await workOff(partner);

    const [invoice, ...more] = await invoicesOf(partner);
    expect(more).toEqual([]);
    expect(invoice?.status, `${when} write ${write}`).toBe('Invoiced');
    expect(invoice?.invoiceNo).toBe(`CSER24${String(i + 1).padStart(6, '0')}`);
    const path = { billId: billIdOf(partner.partnerId, JULY) };
    expect((await invoke(getBill, { as: partner, path })).body.invoiceNos).toEqual([invoice?.invoiceNo]);
  }
  expect(await publishedEvents('invoice.created')).toHaveLength(partners.length);
}, 120_000);

it('FIN-14: the invoice of a voided bill is Returned, once, and nothing is issued in its place', async () => {
  const [partner] = partners;
  if (!partner) throw new Error('no partner');
  const [invoice] = await invoicesOf(partner);
  const invoiceNo = invoice?.invoiceNo ?? '';
  const bill = { billId: billIdOf(partner.partnerId, JULY), partnerId: partner.partnerId, cycle: JULY };
  for (let i = 0; i < 2; i += 1) await asSystem((now) => withdrawInvoices({ ...bill, invoiceNos: [invoiceNo] }, now));

  expect((await invoicesOf(partner))[0]).toMatchObject({ invoiceNo, status: 'Returned' });
  const again = { as: partner, path: { invoiceNo }, body: { reason: 'test' } };
  expect((await invoke(reissue, again)).body.code).toBe('ALREADY_REISSUED');
  await drain();
  const [creditNote, returned, ...more] = await invoicesOf(partner);
  expect(more).toEqual([]);
  expect([creditNote?.cancels?.invoiceNo, returned?.cancelledBy]).toEqual([invoiceNo, creditNote?.invoiceNo]);
});

it('FIN-110: what cannot be made is Failed after its last delivery, and made when an operator asks again', async () => {
  const of = await aPartner();
  const customer = await aCustomer({ of });
  const operator = await anOperator();
  await consume(customer, { list: '100', at: '2024-08-10T10:00:00+08:00' });
  clock.set('2024-09-05T02:00:00+08:00');
  {
    using _outage = failing('PutObject');
    await runBilling('2024-09-05T02:00:00+08:00');
  }
  const [failed] = await invoicesOf(of);
  expect(failed).toMatchObject({ status: 'Failed', failure: 'Crashed' });
  const path = { invoiceNo: failed?.invoiceNo ?? '' };
  expect((await publishedEvents('invoice.failed')).map(({ detail }) => detail)).toMatchObject([
    { ...path, cause: 'Crashed' },
  ]);
  expect((await invoke(getInvoice, { as: of, path })).status).toBe(404); // FIN-113: operators alone see it
  const announced = (await publishedEvents('invoice.created')).length;

  const again = { as: operator, path, body: { reason: 'storage is back' } };
  const answers = await Promise.all([1, 2].map(() => invoke(retry, again)));
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  await drain();

  expect((await invoicesOf(of))[0]).toMatchObject({ ...path, status: 'Invoiced' });
  const { body } = await invoke(getInvoice, { as: of, path });
  for (const url of [body.files.pdf, body.files.xml]) expect((await fetch(url)).status).toBe(200);
  const bill = { billId: billIdOf(of.partnerId, '2024-08' as BillingMonth) };
  expect((await invoke(getBill, { as: of, path: bill })).body.invoiceNos).toEqual([path.invoiceNo]);
  expect(await publishedEvents('invoice.created')).toHaveLength(announced + 1);
  expect((await invoke(retry, again)).body.code).toBe('INVOICE_NOT_READY');
});
