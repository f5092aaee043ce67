import { warnRetentionEnd } from '#lib/customers/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'warn-retention-end',
  summary: 'Daily at 09:00, GMT+08:00: warns 7, 3 and 1 days before frozen resources are released.',
  rules: 'CUS-158, CUS-260',
  schedule: 'cron(0 9 * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: async (dueAt) => warnRetentionEnd(dueAt),
});
