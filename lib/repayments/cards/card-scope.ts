import type { Scope } from '#lib/shared/operation.ts';
import { cardErrors } from '../payments/errors.ts';
import type { PaymentCard } from './card.ts';
import { loadCard } from './card-store.ts';

/** A card of the member's own partner; what was refused or deleted is not there any more. */
export const cardScope: Scope<PaymentCard> = {
  name: 'card',
  parameter: 'cardId',
  notFound: cardErrors.CARD_NOT_FOUND,
  load: async (actor, cardId) => {
    if (actor.kind !== 'member') return undefined;
    const card = await loadCard({ partnerId: actor.partnerId, cardId });
    return card && isListed(card) ? card : undefined;
  },
};

export const isListed = ({ status }: PaymentCard): boolean => status !== 'deleted' && status !== 'failed';
