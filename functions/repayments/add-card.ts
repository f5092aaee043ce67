import * as z from 'zod';
import { loadPartner } from '#lib/partners/index.ts';
import {
  addCard,
  CHILE_AUTH_METHODS,
  cardErrors,
  cardView,
  loadCards,
  returnPathField,
  toCardView,
} from '#lib/repayments/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'add-card',
  summary: 'Binds a card that was entered on the page of the card processor, once a test charge has verified it.',
  rules: 'FIN-99 to FIN-106, FIN-109',
  route: 'POST /v1/cards',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: { types: ['solution-provider'], error: cardErrors.CARDS_NOT_AVAILABLE },
  body: z.object({
    cardToken: z.string().min(1).max(200).meta({ description: 'From the page; never the number of a card' }),
    agreementAccepted: z.boolean(),
    chile: z
      .object({ method: z.enum(CHILE_AUTH_METHODS), idNumber: z.string().trim().max(40) })
      .optional()
      .meta({ description: 'For partners registered in Chile' }),
    returnPath: returnPathField,
  }),
  response: cardView,
  status: 201,
  timeoutSeconds: 20,
  errors: [
    cardErrors.CURRENCY_NOT_SET,
    cardErrors.AGREEMENT_REQUIRED,
    cardErrors.INVALID_ID_NUMBER,
    cardErrors.CARD_VERIFICATION_FAILED,
    sharedErrors.PARTNER_NOT_FOUND,
  ],
  run: async ({ member, body, now }) => {
    const partner = await loadPartner(member.partnerId);
    if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
    const card = await addCard(partner, body, now);
    return toCardView(card, (await loadCards(member.partnerId)).defaultCardId, now);
  },
});
