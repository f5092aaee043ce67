import { watchClaims } from '#lib/repayments/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'watch-transfer-claims',
  summary: 'At 09:00 GMT+08:00: tells operators of claims that have waited for more than three working days.',
  rules: 'FIN-82, FIN-164, FIN-165',
  schedule: 'cron(0 9 * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 60,
  run: watchClaims,
});
