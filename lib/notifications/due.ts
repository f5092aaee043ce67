import * as z from 'zod';
import { sendMessages } from '#lib/shared/queue.ts';
import { type Instant, instant } from '#lib/shared/time.ts';
import { deliver } from './deliver.ts';
import { DUE_SHARDS, listDue } from './message-store.ts';

const PAGE = 100;

/** What lies in the queue `deliveries`: one message to deliver, or one page of the due index to look through. */
export const deliveryCommand = z.union([
  z.object({ messageId: z.string() }),
  z.object({ shard: z.number().int(), until: z.string(), startKey: z.record(z.string(), z.unknown()).optional() }),
]);
type DeliveryCommand = z.infer<typeof deliveryCommand>;

export const runDelivery = (command: DeliveryCommand, now: Instant): Promise<void> =>
  'messageId' in command ? deliver(command.messageId, now) : handOnDue(command);

/**
 * Hands on what has become due: a queue delays 15 minutes at most, so what waits longer is found here. When nothing is due nothing is
 * sent.
 */
export async function startDue(until: Instant): Promise<void> {
  await Promise.all(Array.from({ length: DUE_SHARDS }, (_, shard) => handOnDue({ shard, until })));
}

/** Hands one page on and leaves the rest to the next message: however many are due, each step is small. */
async function handOnDue({ shard, until, startKey }: Extract<DeliveryCommand, { shard: number }>): Promise<void> {
  const page = await listDue(shard, instant(until), { limit: PAGE, startKey });
  await sendMessages(
    'deliveries',
    page.messageIds.map((messageId) => ({ messageId })),
  );
  if (page.nextKey) await sendMessages('deliveries', [{ shard, until, startKey: page.nextKey }]);
}
