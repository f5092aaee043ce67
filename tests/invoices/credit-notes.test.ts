import { XMLParser } from 'fast-xml-parser';
import { beforeAll, expect, it } from 'vitest';
import { creditNoteCreated, invoiceDrafted } from '#events/invoices.ts';
import { billIdOf } from '#lib/billing/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import creditNoteSample from '../../events/samples/credit-note.created.v1.json' with { type: 'json' };
import draftedSample from '../../events/samples/invoice.drafted.v1.json' with { type: 'json' };
import { handler as voidBill } from '../../functions/billing/void-bill.ts';
import { handler as decideTicket } from '../../functions/invoices/decide-invoice-ticket.ts';
import { handler as getInvoice } from '../../functions/invoices/get-invoice.ts';
import { handler as listInvoices } from '../../functions/invoices/list-invoices.ts';
import { handler as reissue } from '../../functions/invoices/reissue-invoice.ts';
import { handler as requestInvoice } from '../../functions/invoices/request-invoice.ts';
import { handler as returnInvoice } from '../../functions/invoices/return-invoice.ts';
import { handler as setInfo } from '../../functions/invoices/set-invoice-info.ts';
import { handler as uploadCertificate } from '../../functions/invoices/upload-withholding-certificate.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  publishedEvents,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { readPdf } from '../support/pdf.ts';
import { anAttachment } from './handed-in.ts';
import { schemaProblems } from './ubl/schema.ts';
import { anIssuingEntity, aTopUpAccount } from './world.ts';

useStack();

const JULY = '2024-07' as BillingMonth;
const MANY = 6;
let operator: Caller;
let mailed: TestPartner;
let german: TestPartner;
let voided: TestPartner;
let many: TestPartner[];

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { VAT: '0.09' });
  await anIssuingEntity();
  await aTopUpAccount();
  mailed = await aPartner({ taxId: 'T-1' });
  german = await aPartner({ language: 'de' });
  voided = await aPartner();
  many = await Promise.all(Array.from({ length: MANY }, () => aPartner()));
  const customers = await Promise.all([mailed, german, voided, ...many].map((of) => aCustomer({ of })));
  const wish = { address: 'Old Street 1', email: 'invoices@mailed.example', emailEnabled: true, expectedVersion: 0 };
  expect((await invoke(setInfo, { as: mailed, body: wish })).status).toBe(200);
  clock.set('2024-07-20T00:00:00+08:00');
  for (const customer of customers) await consume(customer, { list: '100', at: '2024-07-10T10:00:00+08:00' });
  clock.set('2024-08-05T10:00:00+08:00');
  await runBilling();
}, 120_000);

const documentsOf = async (partner: TestPartner) => (await invoke(listInvoices, { as: partner })).body.items;
const fileOf = async (partner: TestPartner, invoiceNo: string, form: 'pdf' | 'xml') => {
  const { body } = await invoke(getInvoice, { as: partner, path: { invoiceNo } });
  return new Uint8Array(await (await fetch(body.files[form])).arrayBuffer());
};
const textOf = async (partner: TestPartner, invoiceNo: string): Promise<string> =>
  (await readPdf(await fileOf(partner, invoiceNo, 'pdf'))).pages.join('\n');
const xmlOf = async (partner: TestPartner, invoiceNo: string) =>
  new XMLParser({ removeNSPrefix: true, parseTagValue: false, isArray: (name) => name.endsWith('NoteLine') }).parse(
    new TextDecoder().decode(await fileOf(partner, invoiceNo, 'xml')),
  );

/** A ticket to give back the partner's invoice. */
async function aReturn(partner: TestPartner): Promise<{ invoiceNo: string; ticketId: string }> {
  const [{ invoiceNo }] = await documentsOf(partner);
  const body = { reason: 'wrong address', attachmentId: await anAttachment(partner) };
  const answer = await invoke(returnInvoice, { as: partner, path: { invoiceNo }, body });
  expect(answer.status).toBe(201);
  return { invoiceNo, ticketId: answer.body.ticketId };
}
const decide = (ticketId: string, accepted = true) =>
  invoke(decideTicket, { as: operator, path: { ticketId }, body: { accepted, answer: 'Agreed.' } });

it('FIN-117: an accepted return brings a credit note with the same figures, by mail where invoices are mailed', async () => {
  const { invoiceNo, ticketId } = await aReturn(mailed);
  clock.set('2024-08-07T10:00:00+08:00');
  expect((await decide(ticketId)).status).toBe(200);
  const early = { as: mailed, path: { invoiceNo }, body: { reason: 'address' } };
  expect((await invoke(reissue, early)).body.code).toBe('INVOICE_NOT_READY'); // its credit note has no number yet
  await drain();

  const [creditNote, invoice, ...more] = await documentsOf(mailed);
  expect(more).toEqual([]);
  expect(invoice).toMatchObject({ invoiceNo, status: 'Returned', cancelledBy: creditNote.invoiceNo });
  expect(creditNote).toMatchObject({ documentType: 'credit-note', status: 'Invoiced', cancels: invoiceNo });
  expect(creditNote).toMatchObject({ amount: '109.00', currency: 'USD', issuedOn: '2024-08-07', dueAt: null });
  const text = await textOf(mailed, creditNote.invoiceNo);
  for (const wanted of ['Credit note', `${invoiceNo} of 2024-08-05`, 'Amount credited', '109.00 USD', 'Old Street 1'])
    expect(text).toContain(wanted);
  expect(text).toContain('Singapore');
  for (const unwanted of ['Amount due', 'Transfer to', 'Due date']) expect(text).not.toContain(unwanted);
  const mail = (await sentMails()).filter(({ to }) => to.includes('invoices@mailed.example')).at(-1);
  expect(mail?.subject).toBe(`Your credit note ${creditNote.invoiceNo}: 109.00 USD`);
  expect(mail?.attachments.map(({ filename }) => filename)).toEqual([`${creditNote.invoiceNo}.pdf`]);
});

it('FIN-117: the credit note as UBL has its own type, the reference and the sums of the invoice', async () => {
  const [creditNote, invoice] = await documentsOf(mailed);
  const { CreditNote: credit } = await xmlOf(mailed, creditNote.invoiceNo);
  const { Invoice: debit } = await xmlOf(mailed, invoice.invoiceNo);
  expect(credit).toMatchObject({
    ID: creditNote.invoiceNo,
    CreditNoteTypeCode: '381',
    BillingReference: { InvoiceDocumentReference: { ID: invoice.invoiceNo, IssueDate: '2024-08-05' } },
  });
  const { attachments } = await readPdf(await fileOf(mailed, creditNote.invoiceNo, 'pdf'));
  const eInvoice = new TextDecoder().decode(await fileOf(mailed, creditNote.invoiceNo, 'xml'));
  expect([...attachments]).toEqual([[`${creditNote.invoiceNo}.xml`, eInvoice]]);
  expect(schemaProblems(eInvoice)).toEqual([]);
  expect(credit.LegalMonetaryTotal).toEqual(debit.LegalMonetaryTotal);
  expect(credit.TaxTotal).toEqual(debit.TaxTotal);
  expect(credit.CreditNoteLine).toMatchObject([{ CreditedQuantity: '1', LineExtensionAmount: '100.00' }]);
});

it('FIN-117, FIN-144: the list shows invoices or credit notes alone, page by page', async () => {
  const [creditNote, invoice] = await documentsOf(mailed);
  const listed = async (query: Record<string, string | number>) =>
    (await invoke(listInvoices, { as: mailed, query })).body;
  expect((await listed({ documentType: 'credit-note' })).items).toEqual([creditNote]);
  expect((await listed({ documentType: 'invoice' })).items).toEqual([invoice]);
  expect((await listed({ documentType: 'invoice', status: 'Invoiced' })).items).toEqual([]);
  expect((await listed({ documentType: 'invoice', status: 'Returned', period: JULY })).items).toEqual([invoice]);
  const { nextCursor } = await listed({ limit: 1 });
  expect((await listed({ limit: 1, documentType: 'invoice', cursor: nextCursor })).code).toBe('CURSOR_INVALID');
});

it('FIN-113, FIN-117: a credit note is neither returned nor issued anew, and strangers do not find it', async () => {
  const [{ invoiceNo }] = await documentsOf(mailed);
  const give = { as: mailed, path: { invoiceNo }, body: { reason: 'x', attachmentId: await anAttachment(mailed) } };
  expect((await invoke(returnInvoice, give)).body.code).toBe('INVOICE_NOT_READY');
  const again = { as: mailed, path: { invoiceNo }, body: { reason: 'x' } };
  expect((await invoke(reissue, again)).body.code).toBe('INVOICE_NOT_READY');
  const certificate = { amount: '1.00', rate: '0.1', attachmentId: await anAttachment(mailed) };
  expect((await invoke(uploadCertificate, { as: mailed, path: { invoiceNo }, body: certificate })).body.code).toBe(
    'CERTIFICATE_NOT_EXPECTED',
  );
  expect((await invoke(getInvoice, { as: german, path: { invoiceNo } })).body.code).toBe('INVOICE_NOT_FOUND');
});

it('FIN-117: the re-issue, the invoice and the credit note between them name each other', async () => {
  const [creditNote, invoice] = await documentsOf(mailed);
  const wish = { as: mailed, path: { invoiceNo: invoice.invoiceNo }, body: { reason: 'address' } };
  expect((await invoke(reissue, wish)).status).toBe(202);
  await drain();
  const documents = await documentsOf(mailed);
  const next = documents.find(({ replaces }: { replaces: string | null }) => replaces === invoice.invoiceNo);
  expect(next).toMatchObject({ status: 'Invoiced', creditNote: creditNote.invoiceNo });
  expect(documents).toContainEqual({ ...creditNote, replacedBy: next.invoiceNo });
  expect(documents).toContainEqual({ ...invoice, replacedBy: next.invoiceNo });
  expect(await textOf(mailed, next.invoiceNo)).toContain(creditNote.invoiceNo);
});

it('FIN-115, FIN-117: with mail delivery off the credit note is there without a mail, in the language of the partner', async () => {
  const mails = (await sentMails()).length;
  const { invoiceNo, ticketId } = await aReturn(german);
  await decide(ticketId);
  await drain();
  const [creditNote] = await documentsOf(german);
  expect(await textOf(german, creditNote.invoiceNo)).toContain('Stornorechnung');
  expect(await textOf(german, invoiceNo)).toContain('Singapur');
  expect((await sentMails()).slice(mails).filter(({ subject }) => subject.startsWith('Ihre Storno'))).toEqual([]);
  const created = await publishedEvents('credit-note.created');
  expect(creditNoteCreated.detail.parse(created.at(-1)?.detail)).toMatchObject({ invoiceNo, mail: false });
  expect(creditNoteCreated.detail.parse(creditNoteSample)).toEqual(creditNoteSample);
  expect(invoiceDrafted.detail.parse(draftedSample)).toEqual(draftedSample);
});

it('FIN-14, FIN-117: a voided bill brings the credit note; what was asked before is answered without effect', async () => {
  const { invoiceNo, ticketId } = await aReturn(voided);
  const path = { billId: billIdOf(voided.partnerId, JULY) };
  expect((await invoke(voidBill, { as: operator, path, body: { reason: 'wrong discount' } })).status).toBe(200);
  await drain();
  expect(await decide(ticketId, false)).toMatchObject({ status: 200, body: { status: 'refused' } });
  await drain();

  const [creditNote, invoice, ...more] = await documentsOf(voided);
  expect(more).toEqual([]);
  expect(creditNote).toMatchObject({ cancels: invoiceNo, amount: '109.00', status: 'Invoiced' });
  expect(invoice).toMatchObject({ invoiceNo, status: 'Returned', cancelledBy: creditNote.invoiceNo });
  const gone = { status: 409, body: { code: 'BILL_VOIDED', successorBillId: `${path.billId}_r2` } };
  expect(await invoke(reissue, { as: voided, path: { invoiceNo }, body: { reason: 'x' } })).toMatchObject(gone);
  const attachmentId = await anAttachment(voided);
  const certificate = { as: voided, path: { invoiceNo }, body: { amount: '1.00', rate: '0.1', attachmentId } };
  expect(await invoke(uploadCertificate, certificate)).toMatchObject(gone);
  const missing = { as: voided, body: { period: JULY, reason: 'x', attachmentId } };
  expect(await invoke(requestInvoice, missing)).toMatchObject(gone);
});

it('FIN-110, FIN-117: parallel and repeated acceptances give every invoice one credit note and leave no gap', async () => {
  const before = (await Promise.all([mailed, german, voided, ...many].map(documentsOf))).flat().length;
  const returns = await Promise.all(many.map(aReturn));
  const answers = await Promise.all([...returns, ...returns].map(({ ticketId }) => decide(ticketId)));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(MANY).fill(200), ...Array(MANY).fill(409)]);
  await drain();

  for (const partner of many) {
    const [creditNote, invoice, ...more] = await documentsOf(partner);
    expect(more).toEqual([]);
    expect(creditNote).toMatchObject({ cancels: invoice.invoiceNo, status: 'Invoiced' });
    expect(invoice).toMatchObject({ cancelledBy: creditNote.invoiceNo });
  }
  const all = (await Promise.all([mailed, german, voided, ...many].map(documentsOf))).flat();
  const numbers = all.map(({ invoiceNo }: { invoiceNo: string }) => invoiceNo).sort();
  expect(numbers).toEqual(Array.from({ length: before + MANY }, (_, i) => `CSER24${String(i + 1).padStart(6, '0')}`));
});
