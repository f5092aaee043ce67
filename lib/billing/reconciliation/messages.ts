import * as z from 'zod';
import { instant } from '#lib/shared/time.ts';
import { cycleField } from '../fields.ts';
import { send } from '../messages.ts';

const asked = { cycle: cycleField, askedAt: z.string().transform(instant) };

/** What the queue `reconciliations` carries: the next page of partners, or the next stretch of one partner's bill. */
export const reconciliationMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('partners'), ...asked, startKey: z.record(z.string(), z.unknown()).optional() }),
  z.object({ kind: z.literal('partner'), cycle: cycleField, partnerId: z.string() }),
]);

export type ReconciliationMessage = z.output<typeof reconciliationMessage>;

export const sendReconciliations = (messages: readonly ReconciliationMessage[]): Promise<void> =>
  send('reconciliations', messages);
