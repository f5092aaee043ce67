import { planReconciliation, reconcilePartner, reconciliationMessage } from '#lib/billing/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'reconcile-bill',
  summary: "Compares the next records of a partner's bill with its lines, then the lines with header and ledger.",
  rules: 'FIN-14, FIN-50',
  queue: 'reconciliations',
  timeoutSeconds: 120,
  batchSize: 1,
  maximumConcurrency: 50,
  memoryMegabytes: 1024, // as settle-bill-part
  message: reconciliationMessage,
  run: (message, { now }) =>
    message.kind === 'partners' ? planReconciliation(message) : reconcilePartner(message, now),
});
