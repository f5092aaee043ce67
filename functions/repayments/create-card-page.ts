import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { CARD_PAGE_PURPOSES, cardErrors, cardPage, openCardPage, returnPathField } from '#lib/repayments/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'create-card-page',
  summary: 'A page of the card processor, where a person enters a card; it comes back with a token that works once.',
  rules: 'FIN-99, FIN-108, FIN-109',
  route: 'POST /v1/card-pages',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: billedPartners,
  body: z.object({
    purpose: z.enum(CARD_PAGE_PURPOSES),
    cardId: idParam.optional().meta({ description: 'Whose validity changes, for `update`' }),
    returnPath: returnPathField,
  }),
  response: cardPage,
  status: 201,
  errors: [
    cardErrors.CARDS_NOT_AVAILABLE,
    cardErrors.CURRENCY_NOT_SET,
    cardErrors.CARD_NOT_FOUND,
    cardErrors.PAYMENTS_UNAVAILABLE,
    sharedErrors.PARTNER_NOT_FOUND,
  ],
  run: async ({ member, body }) => {
    const partner = await loadPartner(member.partnerId);
    if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
    return openCardPage(partner, body);
  },
});
