import { planDetections } from '#lib/customer-alerts/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'generate-customer-alerts',
  summary: 'Every day at 03:00, GMT+08:00: queues the search for customers whose usage falls.',
  rules: 'CUS-208, CUS-209, CUS-261',
  schedule: 'cron(0 3 * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: planDetections,
});
