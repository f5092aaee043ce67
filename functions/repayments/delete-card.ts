import * as z from 'zod';
import { cardErrors, cardScope, deleteCard } from '#lib/repayments/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'delete-card',
  summary: 'Deletes a card that is not the default one, here and at the card processor.',
  rules: 'FIN-107',
  route: 'DELETE /v1/cards/{cardId}',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: { types: ['solution-provider'], error: cardErrors.CARDS_NOT_AVAILABLE },
  scope: cardScope,
  path: z.object({ cardId: idParam }),
  response: z.void(),
  status: 204,
  errors: [cardErrors.DEFAULT_CARD_UNDELETABLE, cardErrors.CARD_NOT_ACTIVE, sharedErrors.CONCURRENT_CHANGE],
  run: ({ resource, now }) => deleteCard(resource, now),
});
