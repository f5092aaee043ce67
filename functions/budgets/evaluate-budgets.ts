import { planEvaluations } from '#lib/budgets/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'evaluate-budgets',
  summary: 'Every full hour: queues the evaluation of every tier-1 partner.',
  rules: 'CUS-104, CUS-113, CUS-256',
  schedule: 'cron(0 * * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: async () => planEvaluations(),
});
