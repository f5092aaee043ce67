import { sendReminders } from '#lib/repayments/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'remind-of-unpaid-bills',
  summary:
    'At 00:10 GMT+08:00: has bills marked that became overdue, and reminded of three days before the due day, one day after, then every seven.',
  rules: 'FIN-162 to FIN-165',
  schedule: 'cron(10 0 * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: sendReminders,
});
