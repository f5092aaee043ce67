import { planForecasts } from '#lib/budgets/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'forecast-budgets',
  summary:
    'Daily at 10:00, GMT+08:00: queues the forecasts of every tier-1 partner, whose crossing of a budget is told once a month.',
  rules: 'CUS-059',
  schedule: 'cron(0 10 * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 300,
  run: async () => planForecasts(),
});
