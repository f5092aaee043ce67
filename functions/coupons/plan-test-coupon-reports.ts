import { planReports } from '#lib/coupon-reports/index.ts';
import { schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'plan-test-coupon-reports',
  summary: 'Hands on the partners that are told of their test coupons at 09:00 on their wall clock.',
  rules: 'FIN-139, FIN-140',
  schedule: 'cron(0 * * * ? *)',
  timezone: 'UTC',
  timeoutSeconds: 240,
  run: planReports,
});
