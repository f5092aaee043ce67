import { startReconciliation } from '#lib/billing/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';
import { billingMonthOf, previousMonth } from '#lib/shared/time.ts';

/** After noon on the 5th, when bills are complete (FIN-06); a late run still reconciles the month before (FIN-165). */
export const handler = schedule({
  name: 'reconcile-bills',
  summary: 'Starts the reconciliation of the bills of the previous month.',
  rules: 'FIN-50, FIN-165',
  schedule: 'cron(0 13 5 * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 60,
  run: (dueAt) => startReconciliation(previousMonth(billingMonthOf(dueAt)), undefined, dueAt),
});
