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
    /** What was added of each product in its unit, by `productKey`; absent in what was published before it was told. */
    products: z.record(z.string(), z.string()).optional(),
    movedAt: z.string(),
  }),
});
