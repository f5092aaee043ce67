import { sweepLeads } from '#lib/customer-development/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'expire-leads',
  summary: 'Every 5 minutes: persists leads that have lapsed and frees what they held; they had lapsed without it.',
  rules: 'DEV-07, DEV-41, DEV-197',
  schedule: 'cron(0/5 * * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: async (dueAt) => sweepLeads(dueAt),
});
