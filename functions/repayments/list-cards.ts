import * as z from 'zod';
import { cardErrors, cardView, isListed, loadCards, toCardView } from '#lib/repayments/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-cards',
  summary: "The partner's bound cards, the default one marked.",
  rules: 'FIN-106, FIN-109',
  route: 'GET /v1/cards',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: { types: ['solution-provider'], error: cardErrors.CARDS_NOT_AVAILABLE },
  response: z.object({ items: z.array(cardView) }),
  errors: [],
  run: async ({ member, now }) => {
    const { cards, defaultCardId } = await loadCards(member.partnerId);
    return { items: cards.filter(isListed).map((card) => toCardView(card, defaultCardId, now)) };
  },
});
