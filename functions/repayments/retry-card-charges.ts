import { retryRounds } from '#lib/repayments/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'retry-card-charges',
  summary: 'Charges bills again whose cards all failed the day before.',
  rules: 'FIN-91',
  schedule: 'cron(0 9 * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 240,
  run: retryRounds,
});
