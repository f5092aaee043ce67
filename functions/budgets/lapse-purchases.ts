import { sweepPurchases } from '#lib/budgets/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'lapse-purchases',
  summary: 'Every 10 minutes: stores that unused reservations have lapsed; they had lapsed without it.',
  rules: 'CUS-138',
  schedule: 'cron(0/10 * * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: async (dueAt) => sweepPurchases(dueAt),
});
