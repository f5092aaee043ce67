import * as z from 'zod';
import type { WaitingInvoice } from './waiting-store.ts';

export const waitingView = z.object({
  billId: z.string(),
  partnerId: z.string(),
  cycle: z.string(),
  cause: z.string().meta({ description: '`ISSUING_ENTITY_MISSING`: set one that invoices this partner' }),
  since: z.string(),
});

export const toWaitingView = ({
  billId,
  partnerId,
  cycle,
  cause,
  since,
}: WaitingInvoice): z.input<typeof waitingView> => ({ billId, partnerId, cycle, cause, since });
