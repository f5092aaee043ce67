import { planRollUps } from '#lib/groups/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'roll-up-group-usage',
  summary: 'Every full hour: queues the groups of every partner, the safety net of what follows usage at once.',
  rules: 'CUS-265',
  schedule: 'cron(0 * * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: async () => planRollUps(),
});
