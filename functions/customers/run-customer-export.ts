import { customerExportRequested } from '#events/customers.ts';
import { goOnWithCustomerExport } from '#lib/customer-views/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'run-customer-export',
  summary: 'Writes the files of customer exports, a bounded number of rows at a time.',
  rules: 'CUS-047, CUS-249, CUS-250, CUS-264',
  queue: 'customer-exports',
  timeoutSeconds: 300,
  batchSize: 1,
  maximumConcurrency: 20,
  events: [customerExportRequested],
  run: async ({ detail }, context) => goOnWithCustomerExport(customerExportRequested.detail.parse(detail), context),
});
