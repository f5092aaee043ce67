import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const alert = {
  alertId: z.string(),
  customerId: z.string(),
  partnerId: z.string(),
  resellerId: z.string().optional(),
  scenario: z.string(),
};

/** CUS-208. Something says that a customer may be about to leave. */
export const customerAlertRaised = defineEvent({
  name: 'customer-alert.raised',
  version: 1,
  detail: z.object({ ...alert, accountName: z.string(), alertType: z.literal('loss'), alertedAt: z.string() }),
});

/** CUS-044. The one responsible has closed an alert. */
export const customerAlertHandled = defineEvent({
  name: 'customer-alert.handled',
  version: 1,
  detail: z.object({
    ...alert,
    customerLost: z.boolean(),
    reason: z.string(),
    handledBy: z.string(),
    handledAt: z.string(),
  }),
});
