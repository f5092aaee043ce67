import { cardChargeDue } from '#events/repayments.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Repayment } from '../repayment.ts';

/** A settled charge of a round calls for the round's next step; leaves in the transaction that settles it. */
export function goOnWithRound({ partnerId, charge }: Repayment, now: Instant): OutgoingEvent[] {
  return charge?.roundId === undefined ? [] : [roundEvent({ partnerId, roundId: charge.roundId }, now)];
}

export const roundEvent = (
  round: { readonly partnerId: string; readonly roundId: string },
  at: Instant,
): OutgoingEvent => event(cardChargeDue, { partnerId: round.partnerId, roundId: round.roundId, at }, at);
