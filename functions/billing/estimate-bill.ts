import { estimateMessage, refreshStep } from '#lib/billing/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'estimate-bill',
  summary: 'Settles what is new of a partner since the last refresh and keeps its estimate.',
  rules: 'FIN-65 to FIN-67',
  queue: 'bill-estimates',
  timeoutSeconds: 120,
  batchSize: 1,
  maximumConcurrency: 50,
  memoryMegabytes: 1024, // as settle-bill-part
  message: estimateMessage,
  run: refreshStep,
});
