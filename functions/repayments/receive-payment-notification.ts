import * as z from 'zod';
import { notificationFields, paymentErrors, takeNotification } from '#lib/repayments/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'receive-payment-notification',
  summary: 'The card processor tells that a charge or a verification has ended; signed by it.',
  rules: 'FIN-77, FIN-102',
  route: 'POST /v1/payment-notifications',
  actors: 'anyone',
  body: notificationFields.extend({ signature: z.string().min(1).max(100) }).loose(), // the processor may tell more one day
  response: z.object({ received: z.literal(true) }),
  timeoutSeconds: 20,
  errors: [paymentErrors.SIGNATURE_INVALID],
  run: async ({ body, now }) => {
    await takeNotification(body, now);
    return { received: true };
  },
});
