import { planEvaluations } from '#lib/budgets/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

/**
 * An evaluation in a new month begins with the restore: it clears the old period's alerts, arms the thresholds and lifts freezes for
 * exhaustion. So this job only sees to it that one runs at once; whether it comes late, twice or never, the period key decides (CUS-252).
 */
export const handler = schedule({
  name: 'restore-monthly-budgets',
  summary: 'At 00:00 on the 1st, GMT+08:00: queues the evaluation with which monthly budgets are whole again.',
  rules: 'CUS-029, CUS-030, CUS-252, CUS-257, CUS-266, CUS-276',
  schedule: 'cron(0 0 1 * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: async () => planEvaluations(),
});
