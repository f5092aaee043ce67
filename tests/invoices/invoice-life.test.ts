import { beforeAll, expect, it } from 'vitest';
import { handler as decideTicket } from '../../functions/invoices/decide-invoice-ticket.ts';
import { handler as enterTopUp } from '../../functions/invoices/enter-top-up-invoice.ts';
import { handler as getInvoice } from '../../functions/invoices/get-invoice.ts';
import { handler as getInfo } from '../../functions/invoices/get-invoice-info.ts';
import { handler as listTickets } from '../../functions/invoices/list-invoice-tickets.ts';
import { handler as listInvoices } from '../../functions/invoices/list-invoices.ts';
import { handler as reissue } from '../../functions/invoices/reissue-invoice.ts';
import { handler as requestInvoice } from '../../functions/invoices/request-invoice.ts';
import { handler as retryInvoice } from '../../functions/invoices/retry-invoice.ts';
import { handler as returnInvoice } from '../../functions/invoices/return-invoice.ts';
import { handler as setInfo } from '../../functions/invoices/set-invoice-info.ts';
import { aTaxRule, consume, runBilling } from '../billing/world.ts';
import {
  aCustomer,
  anOperator,
  aPartner,
  type Caller,
  clock,
  drain,
  invoke,
  sentMails,
  type TestPartner,
  useStack,
} from '../support/index.ts';
import { readPdf } from '../support/pdf.ts';
import { anAttachment } from './handed-in.ts';
import { anIssuingEntity, aTopUpAccount } from './world.ts';

useStack();

let operator: Caller;
let mailed: TestPartner; // wants its invoices by mail
let silent: TestPartner; // does not

beforeAll(async () => {
  clock.set('2024-06-01T00:00:00+08:00');
  operator = await anOperator();
  await aTaxRule('SG', { CGST: '0.09', SGST: '0.09' });
  await anIssuingEntity();
  await aTopUpAccount();
  mailed = await aPartner({ taxId: 'T-1' });
  silent = await aPartner({ taxId: 'T-2', language: 'de' });
  const customers = [await aCustomer({ of: mailed }), await aCustomer({ of: silent })];
  const wish = { address: 'Old Street 1', email: 'invoices@mailed.example', emailEnabled: true, expectedVersion: 0 };
  expect((await invoke(setInfo, { as: mailed, body: wish })).status).toBe(200);
  clock.set('2024-07-20T00:00:00+08:00');
  for (const customer of customers) await consume(customer, { list: '100', at: '2024-07-10T10:00:00+08:00' });
  clock.set('2024-08-05T10:00:00+08:00');
  await runBilling();
});

const invoicesOf = async (partner: TestPartner) => (await invoke(listInvoices, { as: partner })).body.items;
const textOf = async (partner: TestPartner, invoiceNo: string): Promise<string> => {
  const { body } = await invoke(getInvoice, { as: partner, path: { invoiceNo } });
  const { pages } = await readPdf(new Uint8Array(await (await fetch(body.files.pdf)).arrayBuffer()));
  return pages.join('\n');
};
const codeOf = async (answer: ReturnType<typeof invoke>) => (await answer).body.code;

it('FIN-18, FIN-115: with mail delivery on, the bill mail brings the document to the saved address', async () => {
  const [{ invoiceNo }] = await invoicesOf(mailed);
  const [mail, ...more] = (await sentMails()).filter(({ to }) => to.includes('invoices@mailed.example'));
  expect(more).toEqual([]);
  expect(mail?.subject).toBe('Your bill for 2024-07: 118.00 USD');
  expect(mail?.text).toContain(`Invoice: ${invoiceNo}`);
  expect(mail?.attachments.map(({ filename }) => filename)).toEqual([`${invoiceNo}.pdf`]);
  const document = Buffer.from(mail?.attachments[0]?.content ?? '', 'base64');
  expect((await readPdf(document)).pages.join('')).toContain('118.00 USD');
});

it('FIN-115: with mail delivery off no document is mailed, the download works, in the language of the partner', async () => {
  const [{ invoiceNo }] = await invoicesOf(silent);
  const mails = (await sentMails()).filter(({ to }) => to.includes(silent.partner.contact.email ?? ''));
  expect(mails.map(({ attachments }) => attachments)).toEqual([[]]);
  expect(mails[0]?.text).toContain(`Rechnung: ${invoiceNo}`);
  const text = await textOf(silent, invoiceNo);
  for (const wanted of ['Rechnungsnummer', 'CGST 9 %', 'SGST 9 %', '118.00 USD']) expect(text).toContain(wanted);
});

it('FIN-114: a change of the tax ID is refused, a stale version too', async () => {
  const { body: info } = await invoke(getInfo, { as: mailed });
  expect(info).toMatchObject({ taxId: 'T-1', address: 'Old Street 1', emailEnabled: true, version: 1 });
  const wish = { emailEnabled: false, expectedVersion: 1 };
  expect(await codeOf(invoke(setInfo, { as: mailed, body: { ...wish, taxId: 'T-9' } }))).toBe('TAX_ID_READ_ONLY');
  expect(await codeOf(invoke(setInfo, { as: mailed, body: { ...wish, emailEnabled: true } }))).toBe('EMAIL_REQUIRED');
  expect(await codeOf(invoke(setInfo, { as: mailed, body: { ...wish, expectedVersion: 0 } }))).toBe('VERSION_CONFLICT');
});

it('FIN-117: giving an invoice back needs the scan of the original', async () => {
  const [{ invoiceNo }] = await invoicesOf(mailed);
  const give = (attachmentId?: string, as: Caller = mailed) =>
    codeOf(invoke(returnInvoice, { as, path: { invoiceNo }, body: { reason: 'wrong address', attachmentId } }));
  expect(await give()).toBe('ATTACHMENT_REQUIRED');
  expect(await give('upl_unknown')).toBe('ATTACHMENT_REQUIRED');
  expect(await give(await anAttachment(mailed, 'GIF89a'))).toBe('ATTACHMENT_INVALID');
  expect(await give(await anAttachment(silent))).toBe('ATTACHMENT_REQUIRED'); // another partner's upload
  expect(await give(await anAttachment(silent), silent)).toBe('INVOICE_NOT_FOUND');
});

it('FIN-117, FIN-118: returned and issued anew, both documents name each other and the first stays as it was', async () => {
  const [{ invoiceNo }] = await invoicesOf(mailed);
  const path = { invoiceNo };
  const original = await textOf(mailed, invoiceNo);
  expect(await codeOf(invoke(reissue, { as: mailed, path, body: { reason: 'too early' } }))).toBe('INVOICE_NOT_READY');
  const body = { reason: 'wrong address', attachmentId: await anAttachment(mailed) };
  const returns = await Promise.all([1, 2].map(() => invoke(returnInvoice, { as: mailed, path, body })));
  expect(returns.map(({ status }) => status).sort()).toEqual([201, 409]);

  const { body: open } = await invoke(listTickets, { as: operator });
  const { ticketId } = open.items.find((each: { invoiceNo: string }) => each.invoiceNo === invoiceNo);
  const decision = { as: operator, path: { ticketId }, body: { accepted: true, answer: 'Agreed.' } };
  expect(await invoke(decideTicket, decision)).toMatchObject({ status: 200, body: { status: 'accepted' } });
  expect(await codeOf(invoke(decideTicket, decision))).toBe('TICKET_CLOSED');
  expect(await codeOf(invoke(returnInvoice, { as: mailed, path, body }))).toBe('ALREADY_RETURNED');
  await drain(); // the credit note comes before the re-issue

  const info = { address: 'New Street 2', email: 'invoices@mailed.example', emailEnabled: true, expectedVersion: 1 };
  await invoke(setInfo, { as: mailed, body: info });
  const asked = await Promise.all([1, 2].map(() => invoke(reissue, { as: mailed, path, body: { reason: 'address' } })));
  expect(asked.map(({ status, body: answer }) => answer.code ?? status).sort()).toEqual([202, 'ALREADY_REISSUED']);
  await drain();

  const [next, creditNote, before, ...more] = await invoicesOf(mailed);
  expect(more).toEqual([]);
  const between = { documentType: 'credit-note', status: 'Invoiced', amount: '118.00' };
  expect(creditNote).toMatchObject({ ...between, cancels: invoiceNo, replacedBy: next.invoiceNo });
  const { invoiceNo: creditNoteNo } = creditNote;
  expect(next).toMatchObject({ status: 'Invoiced', replaces: invoiceNo, creditNote: creditNoteNo, amount: '118.00' });
  const links = { cancelledBy: creditNoteNo, replacedBy: next.invoiceNo };
  expect(before).toMatchObject({ invoiceNo, documentType: 'invoice', status: 'Returned', ...links });
  expect(await textOf(mailed, next.invoiceNo)).toContain('New Street 2');
  expect(await textOf(mailed, invoiceNo)).toBe(original);
  const mails = (await sentMails()).filter(({ to }) => to.includes('invoices@mailed.example'));
  expect(mails.at(-1)?.subject).toBe(`Your invoice ${next.invoiceNo}: 118.00 USD`);
});

it('FIN-117: a refused return leaves the invoice as it was', async () => {
  const [{ invoiceNo }] = await invoicesOf(silent);
  const body = { reason: 'a test', attachmentId: await anAttachment(silent) };
  const { body: ticket } = await invoke(returnInvoice, { as: silent, path: { invoiceNo }, body });
  const path = { ticketId: ticket.ticketId };
  await invoke(decideTicket, { as: operator, path, body: { accepted: false, answer: 'Nothing is wrong.' } });
  expect((await invoicesOf(silent))[0]).toMatchObject({ status: 'Invoiced', replacedBy: null });
  const { body: own } = await invoke(listTickets, { as: silent });
  expect(own.items).toMatchObject([
    { status: 'refused', answer: 'Nothing is wrong.', attachmentUrl: expect.any(String) },
  ]);
});

it('FIN-116: an invoice that is there cannot be missing, nor one of a bill that is not', async () => {
  const ask = async (period: string) =>
    codeOf(
      invoke(requestInvoice, {
        as: silent,
        body: { period, reason: 'missing', attachmentId: await anAttachment(silent) },
      }),
    );
  expect(await ask('2024-07')).toBe('INVOICE_EXISTS');
  expect(await ask('2024-05')).toBe('BILL_NOT_FOUND');
  const unknown = { as: operator, path: { ticketId: 'tkt_x' }, body: { accepted: true, answer: 'x' } };
  expect(await codeOf(invoke(decideTicket, unknown))).toBe('TICKET_NOT_FOUND');
});

it('FIN-177: an operator enters a top-up, which becomes an invoice of one line', async () => {
  const body = { partnerId: silent.partnerId, period: '2022-08', currency: 'USD', amount: '2.00', reason: 'by hand' };
  expect((await invoke(enterTopUp, { as: operator, body: { ...body, amount: '2.001' } })).status).toBe(400);
  expect((await invoke(enterTopUp, { as: operator, body })).status).toBe(202);
  await drain();
  const invoices = await invoicesOf(silent);
  expect(invoices.at(-1)).toMatchObject({ period: '202208', content: 'Top-up', amount: '2.00', status: 'Invoiced' });
  expect(await textOf(silent, invoices.at(-1).invoiceNo)).toContain('Aufladung des Kontos');
});

it('FIN-110: only what failed can be made again', async () => {
  const [{ invoiceNo }] = await invoicesOf(silent);
  const again = { as: operator, path: { invoiceNo }, body: { reason: 'test' } };
  expect(await codeOf(invoke(retryInvoice, again))).toBe('INVOICE_NOT_READY');
});
