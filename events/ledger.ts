import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** FIN-87. Money came into a partner's account that no bill has taken yet. */
export const accountCredited = defineEvent({
  name: 'account.credited',
  version: 1,
  detail: z.object({
    partnerId: z.string(),
    currency: z.string(),
    amount: z.string(),
    balance: z.string(),
    transactionNo: z.string(),
    at: z.string(),
  }),
});
