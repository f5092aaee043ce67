import { numberInvoices, numbersMessage } from '#lib/invoices/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'number-invoices',
  summary: 'Gives the waiting invoices of an issuing entity their numbers, without a gap.',
  rules: 'FIN-110, FIN-113',
  queue: 'invoice-numbers',
  timeoutSeconds: 60,
  maximumConcurrency: 8,
  message: numbersMessage,
  run: async ({ entityId }, { now }) => void (await numberInvoices(entityId, now)),
});
