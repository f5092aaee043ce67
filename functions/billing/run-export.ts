import { billExportRequested } from '#events/billing.ts';
import { goOnWithExport } from '#lib/billing/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'run-export',
  summary: 'Writes the files of bill exports, a bounded number of rows at a time.',
  rules: 'FIN-157, FIN-159, FIN-160',
  queue: 'exports',
  timeoutSeconds: 300,
  batchSize: 1,
  maximumConcurrency: 20,
  memoryMegabytes: 1024, // as settle-bill-part
  events: [billExportRequested],
  run: async ({ detail }, context) => goOnWithExport(billExportRequested.detail.parse(detail), context),
});
