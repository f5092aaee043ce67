import { refreshEstimates } from '#lib/billing/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'refresh-bill-estimates',
  summary: 'Refreshes the estimates of the running cycle and, until its issue day, of the one before.',
  rules: 'FIN-65 to FIN-67',
  schedule: 'cron(0 1 * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 60,
  run: refreshEstimates,
});
