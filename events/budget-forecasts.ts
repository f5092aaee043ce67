import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** A customer is expected to use up its monthly budget before the month is over; told once a month, to partners that asked for it. */
export const budgetForecastExceeded = defineEvent({
  name: 'budget.forecast-exceeded',
  version: 1,
  detail: z.object({
    customerId: z.string(),
    accountName: z.string(),
    partnerId: z.string(),
    resellerId: z.string().optional(),
    /** Those of the two partners that had the alert switched on. */
    tell: z.array(z.string()).min(1),
    month: z.string(),
    amount: z.string(),
    usage: z.string(),
    expectedUsage: z.string(),
    /** The day, in GMT+08:00, on which usage is expected to reach the amount. */
    exhaustedOn: z.string(),
    exhaustionMode: z.enum(['automatic', 'manual']),
    raisedAt: z.string(),
  }),
});
