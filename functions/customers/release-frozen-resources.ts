import { releaseFrozenResources } from '#lib/customers/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'release-frozen-resources',
  summary: 'Every full hour: tells the platform whose retention of frozen resources is over; it was over without it.',
  rules: 'CUS-031, CUS-155, CUS-259',
  schedule: 'cron(0 * * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: async (dueAt) => releaseFrozenResources(dueAt),
});
