import { Refusal } from '#lib/shared/errors.ts';
import { log } from '#lib/shared/log.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { cardErrors } from '../payments/errors.ts';
import { type CardAttempt, type PaymentCard, statusAt } from './card.ts';
import { appendAttempt, cardUnchanged, isNotDefault, loadCard, replaceCard, setDefault } from './card-store.ts';
import { forget } from './settle-verification.ts';

const attemptOf = ({ partnerId, cardId, last4 }: PaymentCard, action: CardAttempt['action'], at: Instant) =>
  appendAttempt({ partnerId, cardId, last4, at, action, result: 'succeeded' });

/** FIN-106. @throws Refusal CARD_NOT_ACTIVE */
export const makeDefault = (named: PaymentCard, now: Instant): Promise<PaymentCard> =>
  redecide(async () => {
    const card = (await loadCard(named)) ?? named;
    if (statusAt(card, now) !== 'active') throw new Refusal(cardErrors.CARD_NOT_ACTIVE);
    const { partnerId, cardId } = card;
    await transact({
      writes: [setDefault(card), cardUnchanged(card), attemptOf(card, 'set-default', now)],
      trace: { partnerId, after: { defaultCardId: cardId } },
    });
    return card;
  });

/**
 * FIN-107: deletes a card that is not the default one; the processor forgets it at once, or when it answers again.
 * @throws Refusal CARD_NOT_ACTIVE, DEFAULT_CARD_UNDELETABLE
 */
export async function deleteCard(named: PaymentCard, now: Instant): Promise<void> {
  const deleted = await redecide(async () => {
    const card = (await loadCard(named)) ?? named;
    if (card.status !== 'active' && card.status !== 'expired') throw new Refusal(cardErrors.CARD_NOT_ACTIVE);
    const { verification: _over, ...rest } = card;
    const after: PaymentCard = { ...rest, status: 'deleted' };
    const { partnerId, cardId } = card;
    await transact({
      writes: [replaceCard(card, after), isNotDefault(card), attemptOf(card, 'delete', now)],
      trace: { partnerId, before: { cardId, status: card.status }, after: { cardId, status: after.status } },
    });
    return { ...after, version: card.version + 1 };
  });
  try {
    await forget(deleted);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    log.warn('the processor keeps a deleted card for now', { cardId: deleted.cardId }); // the sweep tells it
  }
}

/** FIN-89: marks a card whose validity is over; it has not been charged since, whether marked or not. */
export async function expireCard(card: PaymentCard, now: Instant): Promise<void> {
  if (card.status !== 'active' || statusAt(card, now) !== 'expired') return;
  await transact({
    writes: [replaceCard(card, { ...card, status: 'expired' }), attemptOf(card, 'expire', now)],
    trace: { partnerId: card.partnerId, after: { cardId: card.cardId, status: 'expired' } },
  });
}
