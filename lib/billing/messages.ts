import * as z from 'zod';
import type { QueueName } from '#lib/shared/resources.ts';
import { cycleField } from './fields.ts';

const partner = { cycle: cycleField, partnerId: z.string() };

/** What the queue `bill-runs` carries: the next page of partners, or the next step of one partner. */
export const billRunMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan'), cycle: cycleField }),
  z.object({ kind: z.literal('partner'), ...partner }),
]);

/** What the queue `bill-parts` carries: the next slice of a part. */
export const billPartMessage = z.object({ ...partner, revision: z.number().int().optional(), part: z.number().int() });

export type PartnerMessage = z.output<z.ZodObject<typeof partner>>;
export type PartMessage = z.output<typeof billPartMessage>;

/** The client of the queue service is loaded by what sends only: most operations of this area read. */
export async function send(queue: QueueName, messages: readonly object[]): Promise<void> {
  const { sendMessages } = await import('#lib/shared/queue.ts');
  await sendMessages(queue, messages);
}

export const sendPlan = (cycle: PartnerMessage['cycle']): Promise<void> => send('bill-runs', [{ kind: 'plan', cycle }]);

export const sendPartners = (partners: readonly PartnerMessage[]): Promise<void> =>
  send(
    'bill-runs',
    partners.map(({ cycle, partnerId }) => ({ kind: 'partner', cycle, partnerId })),
  );

export const sendParts = (parts: readonly PartMessage[]): Promise<void> => send('bill-parts', parts);
