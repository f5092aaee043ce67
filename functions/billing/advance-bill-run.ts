import { advancePartner, billRunMessage, orPark, planRun } from '#lib/billing/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'advance-bill-run',
  summary: 'Plans the partners of a bill run, and takes each partner from closed month to issued bill.',
  rules: 'FIN-07, FIN-14 to FIN-17, FIN-19, FIN-166',
  queue: 'bill-runs',
  timeoutSeconds: 120,
  batchSize: 1,
  maximumConcurrency: 50,
  message: billRunMessage,
  run: async (message, context) => {
    if (message.kind === 'plan') return planRun(message.cycle);
    return orPark(message, context, () => advancePartner(message, context.now));
  },
});
