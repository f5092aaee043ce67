import { invoiceNumbered } from '#events/invoices.ts';
import { event } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Change } from './cancel.ts';
import type { Invoice } from './invoice.ts';
import { replaceInvoice } from './invoice-store.ts';

/** The files of a `Failed` invoice are tried once more. */
export const madeAgain = (failed: Invoice, now: Instant): Change => {
  const { invoiceNo, partnerId } = failed;
  return {
    writes: [replaceInvoice(failed, { ...failed, status: 'Creating', failure: undefined })],
    events: [event(invoiceNumbered, { invoiceNo, partnerId, numberedAt: now }, now)],
  };
};
