import { creditNoteCreated, invoiceCreated } from '#events/invoices.ts';
import { type IssuedBill, moveDebt, paymentText } from '#lib/billing/index.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { announcedBill } from './bill-mail.ts';
import { billOf } from './bill-of.ts';
import { type Change, cancellationOf } from './cancel.ts';
import { fileKeyOf, type InvoiceForm } from './files.ts';
import { type Invoice, periodOf } from './invoice.ts';
import { loadInvoice, replaceInvoice } from './invoice-store.ts';

/** Says that the files are there, once. FIN-113: the bill gets the number of its invoice in the same transaction. */
export const announce = (invoiceNo: string, now: Instant): Promise<void> =>
  redecide(async () => {
    const invoice = await loadInvoice(invoiceNo);
    if (!invoice || (invoice.status !== 'Creating' && invoice.status !== 'Failed')) return;
    const change = invoice.cancels ? asReady(invoice, [creditNoteEvent(invoice, now)]) : await ofInvoice(invoice, now);
    await transact({ aside: true, ...change });
  });

const asReady = (invoice: Invoice, events: readonly OutgoingEvent[]): Change => ({
  writes: [replaceInvoice(invoice, { ...invoice, status: 'Invoiced', failure: undefined })],
  events,
});

async function ofInvoice(invoice: Invoice, now: Instant): Promise<Change> {
  const { invoiceNo } = invoice;
  const bill = await billOf(invoice);
  const { writes, events } =
    bill?.debt.status === 'voided' // while its invoice was being made
      ? await cancellationOf(invoice, { reissued: true, failure: undefined }, now)
      : asReady(invoice, [createdEvent(invoice, bill, now)]);
  const onBill = bill ? [moveDebt(bill, { ...bill.debt, invoiceNos: [...bill.debt.invoiceNos, invoiceNo] })] : [];
  return { writes: [...writes, ...(await backLinks(invoice)), ...onBill], events };
}

/** FIN-117: what an invoice replaces names it, and so does the credit note between them. */
async function backLinks({ invoiceNo, replaces, creditNote }: Invoice): Promise<Write[]> {
  const named = [replaces, creditNote].filter((each) => each !== undefined);
  const before = await Promise.all(named.map(loadInvoice));
  return before.flatMap((each) => (each ? [replaceInvoice(each, { ...each, replacedBy: invoiceNo })] : []));
}

function createdEvent(invoice: Invoice, bill: IssuedBill | undefined, now: Instant): OutgoingEvent {
  const { invoiceNo, partnerId, content, cycle, currency, amount, issuedOn, mailTo, replaces } = invoice;
  return event(
    invoiceCreated,
    {
      invoiceNo,
      partnerId,
      content,
      period: periodOf(cycle),
      currency,
      amount: paymentText(amount, currency),
      issuedOn,
      fileKey: fileKeyOf(invoice, 'pdf' satisfies InvoiceForm),
      mail: mailTo !== undefined,
      replaces,
      bill: bill && !invoice.billTold ? announcedBill(bill) : undefined,
      createdAt: now,
    },
    now,
  );
}

function creditNoteEvent(creditNote: Invoice, now: Instant): OutgoingEvent {
  const { invoiceNo: creditNoteNo, partnerId, cancels, cycle, currency, amount, issuedOn, mailTo } = creditNote;
  if (!cancels) throw new TypeError('a credit note names what it cancels');
  const shown = { period: periodOf(cycle), currency, amount: paymentText(amount, currency), issuedOn };
  const file = { fileKey: fileKeyOf(creditNote, 'pdf' satisfies InvoiceForm), mail: mailTo !== undefined };
  const detail = { creditNoteNo, partnerId, invoiceNo: cancels.invoiceNo, ...shown, ...file, createdAt: now };
  return event(creditNoteCreated, detail, now);
}
