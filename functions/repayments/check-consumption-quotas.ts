import { sendQuotaChecks } from '#lib/repayments/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'check-consumption-quotas',
  summary: 'Has every partner with a consumption quota checked.',
  rules: 'FIN-94 to FIN-97',
  schedule: 'cron(0 * * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 240,
  run: sendQuotaChecks,
});
