import { billIssued, billVoided } from '#events/billing.ts';
import { draftInvoice, withdrawInvoices } from '#lib/invoices/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'draft-invoice',
  summary: 'Makes out the invoice of an issued bill from the saved invoice information; cancels those of a voided one.',
  rules: 'FIN-110, FIN-111, FIN-112, FIN-117, FIN-118',
  queue: 'invoices',
  timeoutSeconds: 30,
  events: [billIssued, billVoided],
  run: async ({ name, detail }, { now }) =>
    name === billVoided.name
      ? withdrawInvoices(billVoided.detail.parse(detail), now)
      : draftInvoice(billIssued.detail.parse(detail).billId, now),
});
