import * as z from 'zod';
import { declareComplete, ingest } from '#lib/expenditures/index.ts';
import { consumer } from '#lib/shared/consumer.ts';
import { instant, instantText } from '#lib/shared/time.ts';

/** CUS-262. A record that cannot be counted goes into quarantine, not back into the queue. */
export const handler = consumer({
  name: 'count-expenditure',
  summary: 'Counts the rated charges that the platform queues.',
  rules: 'CUS-091 to CUS-098, CUS-262, CUS-267',
  queue: 'expenditures',
  timeoutSeconds: 60,
  memoryMegabytes: 1_024,
  message: z.object({
    records: z.array(z.unknown()).min(1).max(500),
    completeThrough: instantText.transform(instant).optional(),
  }),
  run: async ({ records, completeThrough }, { now, messageId }) => {
    await ingest(
      records.map((raw, i) => ({ raw, mark: `queue:${messageId}:${i}` })),
      now,
    );
    if (completeThrough) await declareComplete(completeThrough);
  },
});
