import * as z from 'zod';
import {
  cardErrors,
  cardScope,
  cardView,
  loadCards,
  returnPathField,
  toCardView,
  updateCard,
} from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'update-card',
  summary: 'Changes validity and security code of a card, as entered on the page of the card processor.',
  rules: 'FIN-102, FIN-108, FIN-109',
  route: 'PUT /v1/cards/{cardId}',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: { types: ['solution-provider'], error: cardErrors.CARDS_NOT_AVAILABLE },
  scope: cardScope,
  path: z.object({ cardId: idParam }),
  body: z.object({ cardToken: z.string().min(1).max(200), returnPath: returnPathField }),
  response: cardView,
  timeoutSeconds: 20,
  errors: [cardErrors.CARD_NOT_ACTIVE, cardErrors.CARD_VERIFICATION_FAILED, sharedErrors.CONCURRENT_CHANGE],
  run: async ({ resource, body, now }) => {
    const card = await updateCard(resource, body, now);
    return toCardView(card, (await loadCards(card.partnerId)).defaultCardId, now);
  },
});
