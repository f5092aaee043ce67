import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { cancellationOf } from './cancel.ts';
import { loadInvoice } from './invoice-store.ts';

/** The invoices of a bill that was voided stand for nothing any more: each gets its credit note, and the bill that follows its own invoice. */
export async function withdrawInvoices(invoiceNos: readonly string[], now: Instant): Promise<void> {
  for (const invoiceNo of invoiceNos) {
    await redecide(async () => {
      const invoice = await loadInvoice(invoiceNo);
      if (!invoice || invoice.status === 'Returned') return;
      await transact({ aside: true, ...(await cancellationOf(invoice, { reissued: true }, now)) }); // nothing is issued in its place
    });
  }
}
