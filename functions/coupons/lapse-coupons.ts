import { sendLapses } from '#lib/coupons/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'lapse-coupons',
  summary: 'Has what is left of expired coupons lapse, once the bills of the month in which they expired are out.',
  rules: 'FIN-64, FIN-136, FIN-154, FIN-165',
  schedule: 'cron(5 0 * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 240,
  run: sendLapses,
});
