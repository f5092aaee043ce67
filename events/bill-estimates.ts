import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** FIN-65, FIN-68. What a partner's running cycle comes to was computed anew. */
export const billEstimateRefreshed = defineEvent({
  name: 'bill-estimate.refreshed',
  version: 1,
  detail: z.object({ partnerId: z.string(), cycle: z.string(), asOf: z.string() }),
});
