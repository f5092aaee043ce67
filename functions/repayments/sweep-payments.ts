import { sweepCards, sweepCharges } from '#lib/repayments/index.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';

export const handler = schedule({
  name: 'sweep-payments',
  summary: 'Asks the card processor what became of charges and verifications whose answer got lost.',
  rules: 'FIN-77, FIN-102',
  schedule: 'cron(0/5 * * * ? *)',
  timezone: BILLING_TIME_ZONE,
  timeoutSeconds: 240,
  run: async (dueAt) => {
    await sweepCharges(dueAt);
    await sweepCards(dueAt);
  },
});
