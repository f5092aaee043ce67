import * as z from 'zod';
import { runImport } from '#lib/expenditures/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'run-expenditure-import',
  summary: 'Imports the next segment of a usage file, and sends for the one after it.',
  rules: 'ORD-127, CUS-096, CUS-267',
  queue: 'expenditure-imports',
  timeoutSeconds: 300,
  memoryMegabytes: 1_024,
  batchSize: 1,
  message: z.object({ jobId: z.string(), segment: z.number().int().min(0) }),
  run: (message, { now }) => runImport(message, now),
});
