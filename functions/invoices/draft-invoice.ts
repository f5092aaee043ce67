import { billIssued, billVoided } from '#events/billing.ts';
import { draftOrWait, withdrawInvoices } from '#lib/invoices/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'draft-invoice',
  summary: 'Makes out the invoice of an issued bill from the saved invoice information; cancels those of a voided one.',
  rules: 'FIN-18, FIN-110, FIN-111, FIN-112, FIN-117, FIN-118',
  queue: 'invoices',
  timeoutSeconds: 30,
  events: [billIssued, billVoided],
  run: async ({ name, detail }, context) =>
    name === billVoided.name
      ? withdrawInvoices(billVoided.detail.parse(detail), context.now)
      : draftOrWait(billIssued.detail.parse(detail).billId, context),
});
