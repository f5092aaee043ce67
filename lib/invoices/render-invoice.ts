import { invoiceCreated, invoiceFailed } from '#events/invoices.ts';
import { BILL_CURRENCY, type IssuedBill, loadBill, moveDebt, parseBillId, paymentText } from '#lib/billing/index.ts';
import { MAX_DELIVERIES, type MessageContext } from '#lib/shared/consumer.ts';
import { log } from '#lib/shared/log.ts';
import { exactText } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { contentOf } from './content-of.ts';
import { fileKeyOf, type InvoiceForm } from './files.ts';
import { type Invoice, periodOf } from './invoice.ts';
import { loadInvoice, replaceInvoice } from './invoice-store.ts';

/** FIN-110: `Creating` → `Invoiced` with both files, or `Failed` when the last delivery fails. */
export async function renderInvoice(invoiceNo: string, { now, attempt }: MessageContext): Promise<void> {
  try {
    await makeFiles(invoiceNo, now);
  } catch (error) {
    if (attempt < MAX_DELIVERIES) throw error;
    log.error('invoice failed', error, { invoiceNo });
    await fail(invoiceNo, error, now);
  }
}

/** Files first: an invoice is never `Invoiced` without them, and made again they are the same. */
async function makeFiles(invoiceNo: string, now: Instant): Promise<void> {
  const invoice = await loadInvoice(invoiceNo);
  if (!invoice || (invoice.status !== 'Creating' && invoice.status !== 'Failed')) return;
  const content = await contentOf(invoice);
  const [{ toPdf }, { toUbl }, { writeFile }] = await Promise.all([
    import('./document/pdf.ts'),
    import('./document/ubl.ts'),
    import('#lib/shared/files.ts'),
  ]);
  const pdf = await toPdf(content);
  await writeFile(fileKeyOf(invoice, 'pdf'), pdf, 'application/pdf');
  await writeFile(fileKeyOf(invoice, 'xml'), toUbl(content), 'application/xml');
  await announce(invoiceNo, now);
}

/** FIN-113: the bill gets the number in the transaction that announces the invoice. */
const announce = (invoiceNo: string, now: Instant): Promise<void> =>
  redecide(async () => {
    const invoice = await loadInvoice(invoiceNo);
    if (!invoice || (invoice.status !== 'Creating' && invoice.status !== 'Failed')) return;
    const named = invoice.billId === undefined ? undefined : parseBillId(invoice.billId);
    const bill = named && (await loadBill(named.partnerId, named.cycle, named.revision));
    const withdrawn = bill?.debt.status === 'voided'; // while its invoice was being made
    const replaced = invoice.replaces === undefined ? undefined : await loadInvoice(invoice.replaces);
    await transact({
      aside: true,
      writes: [
        replaceInvoice(invoice, { ...invoice, status: withdrawn ? 'Returned' : 'Invoiced', failure: undefined }),
        ...(replaced ? [replaceInvoice(replaced, { ...replaced, replacedBy: invoiceNo })] : []), // linked both ways (FIN-117)
        ...(bill ? [moveDebt(bill, { ...bill.debt, invoiceNos: [...bill.debt.invoiceNos, invoiceNo] })] : []),
      ],
      events: withdrawn ? [] : [createdEvent(invoice, bill, now)],
    });
  });

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
      bill: bill && {
        billId: bill.billId,
        cycle: bill.cycle,
        currency: BILL_CURRENCY,
        amountDue: exactText(bill.amountDue),
        issuedAt: bill.issuedAt,
        dueAt: bill.dueAt,
        late: bill.late,
      },
      createdAt: now,
    },
    now,
  );
}

async function fail(invoiceNo: string, error: unknown, now: Instant): Promise<void> {
  await redecide(async () => {
    const invoice = await loadInvoice(invoiceNo);
    if (invoice?.status !== 'Creating') return;
    const cause = error instanceof Error ? error.name : 'unknown';
    const detail = { invoiceNo, partnerId: invoice.partnerId, cause, failedAt: now };
    await transact({
      aside: true,
      writes: [replaceInvoice(invoice, { ...invoice, status: 'Failed', failure: cause })],
      events: [event(invoiceFailed, detail, now)],
    });
  });
}
