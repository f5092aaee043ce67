import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const named = {
  customerId: z.string(),
  accountName: z.string(),
  partnerId: z.string(),
  resellerId: z.string().optional(),
  retentionUntil: z.string(),
};

/** CUS-158. Frozen resources are released in 7, 3 or 1 days unless the customer is unfrozen. */
export const customerRetentionEnding = defineEvent({
  name: 'customer.retention-ending',
  version: 1,
  detail: z.object({ ...named, daysLeft: z.union([z.literal(7), z.literal(3), z.literal(1)]), warnedAt: z.string() }),
});

/** CUS-155. The retention of frozen resources was over at `retentionUntil`: the platform deletes their data, for good. */
export const customerResourcesReleased = defineEvent({
  name: 'customer.resources-released',
  version: 1,
  detail: z.object(named),
});
