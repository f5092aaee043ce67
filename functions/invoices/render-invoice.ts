import { invoiceNumbered } from '#events/invoices.ts';
import { renderInvoice } from '#lib/invoices/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'render-invoice',
  summary: 'Makes the PDF and the e-invoice of a numbered invoice or credit note and announces it.',
  rules: 'FIN-110, FIN-113, FIN-115, FIN-117',
  queue: 'invoice-files',
  timeoutSeconds: 120,
  batchSize: 5,
  memoryMegabytes: 1536,
  events: [invoiceNumbered],
  run: async ({ detail }, context) => renderInvoice(invoiceNumbered.detail.parse(detail).invoiceNo, context),
});
