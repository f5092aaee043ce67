import { startDue } from '#lib/notifications/index.ts';
import { schedule } from '#lib/shared/schedule.ts';

/** Every quarter of an hour: that is when 09:00 strikes in any zone, and as far as a queue's own delay reaches. */
export const handler = schedule({
  name: 'send-due-messages',
  summary: 'Sends what waited for working hours, for a provider that was down, or longer than a queue can delay.',
  rules: 'ORG-66, CUS-120',
  schedule: 'cron(0/15 * * * ? *)',
  timezone: 'UTC',
  timeoutSeconds: 30,
  run: startDue,
});
