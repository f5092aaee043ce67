import type { MessageContext } from '../consumer.ts';
import { newId } from '../ids.ts';
import type { EventDefinition } from '../outbox.ts';
import type { QueueName } from '../resources.ts';

/** Lets the next message go on where this invocation stops: the event that began the work, once more, to its own queue alone. */
export async function goOnLater(
  queue: QueueName,
  { name, version }: EventDefinition,
  detail: object,
  { now, messageId }: MessageContext,
): Promise<void> {
  const { sendMessages } = await import('../queue.ts');
  await sendMessages(queue, [{ id: newId('evt', now), name, version, occurredAt: now, requestId: messageId, detail }]);
}
