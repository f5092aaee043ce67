import { startRun } from '#lib/billing/index.ts';
import { SYSTEM } from '#lib/shared/actor.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';
import { billingMonthOf, previousMonth } from '#lib/shared/time.ts';

/** FIN-07: 02:00 on the 5th in GMT+08:00; a late run still bills the month before the one it was due in (FIN-165). */
export const handler = schedule({
  name: 'start-monthly-billing',
  summary: 'Starts the bill run of the previous month.',
  rules: 'FIN-06, FIN-07, FIN-165',
  schedule: 'cron(0 2 5 * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 60,
  run: async (dueAt) => {
    await startRun(previousMonth(billingMonthOf(dueAt)), SYSTEM.id, dueAt);
  },
});
