import { aggregateDay, summaryMessage } from '#lib/expenditures/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'aggregate-expenditure-summary',
  summary: "Sums up one day of a customer's month that has too many records for a request.",
  rules: 'ORD-127, ORD-128',
  queue: 'expenditure-summaries',
  timeoutSeconds: 300,
  batchSize: 1,
  memoryMegabytes: 1_024, // the work is reading and adding up; with memory comes processor time
  message: summaryMessage,
  run: (message) => aggregateDay(message),
});
