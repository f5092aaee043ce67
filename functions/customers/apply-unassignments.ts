import { planEndings } from '#lib/customers/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'apply-unassignments',
  summary: 'At 00:00 on the 1st, GMT+08:00: queues noting the assignments that have ended; they had ended without it.',
  rules: 'CUS-042, CUS-258',
  schedule: 'cron(0 0 1 * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 60,
  run: async () => planEndings(),
});
