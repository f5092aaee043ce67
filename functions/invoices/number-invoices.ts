import { invoiceDrafted } from '#events/invoices.ts';
import { numberInvoices } from '#lib/invoices/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'number-invoices',
  summary: 'Gives the waiting invoices and credit notes of an issuing entity their numbers, without a gap.',
  rules: 'FIN-110, FIN-113, FIN-117',
  queue: 'invoice-numbers',
  timeoutSeconds: 60,
  maximumConcurrency: 8,
  events: [invoiceDrafted],
  run: async ({ detail }, { now }) => void (await numberInvoices(invoiceDrafted.detail.parse(detail).entityId, now)),
});
