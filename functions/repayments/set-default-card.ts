import * as z from 'zod';
import { cardErrors, cardScope, cardView, makeDefault, toCardView } from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-default-card',
  summary: 'Makes an active card the one that is charged first.',
  rules: 'FIN-89, FIN-106',
  route: 'PUT /v1/cards/{cardId}/default',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: { types: ['solution-provider'], error: cardErrors.CARDS_NOT_AVAILABLE },
  scope: cardScope,
  path: z.object({ cardId: idParam }),
  response: cardView,
  errors: [cardErrors.CARD_NOT_ACTIVE, sharedErrors.CONCURRENT_CHANGE],
  run: async ({ resource, now }) => {
    const card = await makeDefault(resource, now);
    return toCardView(card, card.cardId, now);
  },
});
