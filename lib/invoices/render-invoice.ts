import { invoiceFailed } from '#events/invoices.ts';
import { billStands } from '#lib/billing/index.ts';
import { MAX_DELIVERIES, type MessageContext } from '#lib/shared/consumer.ts';
import { log } from '#lib/shared/log.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { announce } from './announce.ts';
import { billMailOf } from './bill-mail.ts';
import { billOf } from './bill-of.ts';
import { type Change, cancellationOf } from './cancel.ts';
import { contentOf } from './content-of.ts';
import { fileKeyOf } from './files.ts';
import type { Invoice } from './invoice.ts';
import { loadInvoice, replaceInvoice } from './invoice-store.ts';

/** FIN-110: an invoice or credit note: `Creating` → `Invoiced` with both files, or `Failed` when the last delivery fails. */
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
  const ubl = toUbl(content);
  const pdf = await toPdf(content, ubl);
  await writeFile(fileKeyOf(invoice, 'pdf'), pdf, 'application/pdf');
  await writeFile(fileKeyOf(invoice, 'xml'), ubl, 'application/xml');
  await announce(invoiceNo, now);
}

async function fail(invoiceNo: string, error: unknown, now: Instant): Promise<void> {
  await redecide(async () => {
    const invoice = await loadInvoice(invoiceNo);
    if (invoice?.status !== 'Creating') return;
    await transact({
      aside: true,
      ...(await failureOf(invoice, error instanceof Error ? error.name : 'unknown', now)),
    });
  });
}

/** An operator has it made again, and its bill is told of without it (FIN-18), unless its bill was voided: then nobody needs its files, and the credit note settles it. */
async function failureOf(invoice: Invoice, failure: string, now: Instant): Promise<Change> {
  const { invoiceNo, partnerId, cancels, replaces } = invoice;
  const bill = cancels ? undefined : await billOf(invoice);
  if (bill?.debt.status === 'voided') return cancellationOf(invoice, { reissued: true, failure }, now);
  const untold = bill && replaces === undefined && !invoice.billTold ? bill : undefined;
  const failed: Invoice = { ...invoice, status: 'Failed', failure, billTold: untold ? true : invoice.billTold };
  const detail = { invoiceNo, partnerId, cause: failure, billMail: untold && billMailOf(untold), failedAt: now };
  return {
    // A void in the same instant does not miss it: it finds it Failed, or this finds the bill gone.
    writes: [replaceInvoice(invoice, failed), ...(bill ? [billStands(bill)] : [])],
    events: [event(invoiceFailed, detail, now)],
  };
}
