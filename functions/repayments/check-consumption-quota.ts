import { checkQuota, quotaMessage } from '#lib/repayments/index.ts';
import { consumer } from '#lib/shared/consumer.ts';

export const handler = consumer({
  name: 'check-consumption-quota',
  summary: 'Checks what a partner uses of its consumption quota: notices, card charge, restriction.',
  rules: 'FIN-94 to FIN-97',
  queue: 'quota-checks',
  timeoutSeconds: 60,
  message: quotaMessage,
  run: ({ partnerId }, { now }) => checkQuota(partnerId, now),
});
