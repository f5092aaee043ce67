import { expireCards } from '#lib/repayments/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'expire-cards',
  summary: 'Marks the cards whose last month is over.',
  rules: 'FIN-89',
  schedule: 'cron(0 0 1 * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 240,
  run: expireCards,
});
