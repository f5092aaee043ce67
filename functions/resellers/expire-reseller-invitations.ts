import { expireInvitations } from '#lib/resellers/index.ts';
import { schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'expire-reseller-invitations',
  summary: 'Marks reseller invitations whose link has ended; the links end by themselves.',
  rules: 'DEV-07, DEV-117, DEV-197',
  schedule: 'cron(0/5 * * * ? *)',
  timezone: 'UTC',
  timeoutSeconds: 240,
  run: expireInvitations,
});
