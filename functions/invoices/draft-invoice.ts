import { billIssued } from '#events/billing.ts';
import { draftInvoice } from '#lib/invoices/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'draft-invoice',
  summary: 'Makes out the invoice of an issued bill from the saved invoice information; its number follows.',
  rules: 'FIN-110, FIN-111, FIN-112, FIN-118',
  queue: 'invoices',
  timeoutSeconds: 30,
  events: [billIssued],
  run: async ({ detail }, { now }) => draftInvoice(billIssued.detail.parse(detail).billId, now),
});
