import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** CUS-091, CUS-262. The usage counter of a customer's month moved; `usage` is what this move added. */
export const usageMoved = defineEvent({
  name: 'usage.moved',
  version: 1,
  detail: z.object({
    partnerId: z.string(),
    customerId: z.string(),
    resellerId: z.string().optional(),
    month: z.string(),
    usage: z.string(),
    movedAt: z.string(),
  }),
});
