import { redecide } from '#lib/shared/redecide.ts';
import { transact } from '#lib/shared/transaction.ts';
import { loadInvoice, replaceInvoice } from './invoice-store.ts';

/** The invoices of a bill that was voided stand for nothing any more; the bill that follows gets its own. */
export async function withdrawInvoices(invoiceNos: readonly string[]): Promise<void> {
  for (const invoiceNo of invoiceNos) {
    await redecide(async () => {
      const invoice = await loadInvoice(invoiceNo);
      if (!invoice || invoice.status === 'Returned') return;
      const after = { ...invoice, status: 'Returned', reissued: true } as const; // nothing is issued in its place
      await transact({ aside: true, writes: [replaceInvoice(invoice, after)] });
    });
  }
}
