import { expireInvitations } from '#lib/customer-development/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'expire-invitations',
  summary: 'Persists e-mailed links that ended unused; they are expired from that instant on, whenever this runs.',
  rules: 'DEV-07, DEV-59, DEV-197',
  schedule: 'cron(0/5 * * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: expireInvitations,
});
