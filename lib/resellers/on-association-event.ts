import { resellerAssociationFailed, resellerAssociationRequested } from '#events/resellers.ts';
import type { MessageContext, ReceivedEvent } from '#lib/shared/consumer.ts';
import { associateReseller } from './associate.ts';
import { settlePurchaseBlock } from './purchase-block.ts';

/** A request is checked; one that came to nothing leaves an account that may buy again. */
export async function onAssociationEvent(event: ReceivedEvent, { attempt, now }: MessageContext): Promise<void> {
  if (event.name === resellerAssociationRequested.name)
    return associateReseller(resellerAssociationRequested.detail.parse(event.detail), attempt, now);
  return settlePurchaseBlock(resellerAssociationFailed.detail.parse(event.detail).accountId);
}
