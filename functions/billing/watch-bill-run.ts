import { watchRun } from '#lib/billing/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';
import { billingMonthOf, previousMonth } from '#lib/shared/time.ts';

export const handler = schedule({
  name: 'watch-bill-run',
  summary: 'Counts the partners without final bill two hours before noon, and at noon, on the 5th.',
  rules: 'FIN-06, FIN-20',
  schedule: 'cron(0 10,12 5 * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 60,
  run: async (dueAt) => {
    await watchRun(previousMonth(billingMonthOf(dueAt)));
  },
});
