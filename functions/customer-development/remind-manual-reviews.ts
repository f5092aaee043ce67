import { remindManualReviews } from '#lib/customer-development/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'remind-manual-reviews',
  summary: 'At 09:00 GMT+08:00: tells operators how many manual reviews are due today or overdue.',
  rules: 'DEV-47, DEV-199',
  schedule: 'cron(0 9 * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 60,
  run: async (dueAt) => remindManualReviews(dueAt),
});
