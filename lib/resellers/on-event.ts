import { messageFailed } from '#events/notifications.ts';
import { resellerAssociationFailed, resellerAssociationRequested } from '#events/resellers.ts';
import type { MessageContext, ReceivedEvent } from '#lib/shared/consumer.ts';
import { associateReseller } from './associate.ts';
import { settlePurchaseBlock } from './purchase-block.ts';
import { recordDelivery } from './record-delivery.ts';

/** A request is checked; one that came to nothing leaves an account that may buy again; a mail that failed is kept as such. */
export async function onResellerEvent(
  { name, detail }: ReceivedEvent,
  { attempt, now }: MessageContext,
): Promise<void> {
  if (name === resellerAssociationRequested.name)
    return associateReseller(resellerAssociationRequested.detail.parse(detail), attempt, now);
  if (name === messageFailed.name) return recordDelivery(messageFailed.detail.parse(detail));
  return settlePurchaseBlock(resellerAssociationFailed.detail.parse(detail).accountId);
}
