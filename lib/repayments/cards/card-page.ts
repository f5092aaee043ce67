import * as z from 'zod';
import { hasSetCurrency, type Partner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { portalUrl } from '#lib/shared/resources.ts';
import { cardErrors } from '../payments/errors.ts';
import { createCardPage } from '../payments/port.ts';
import type { CardPage, CardPagePurpose } from '../payments/processor.ts';
import { isListed } from './card-scope.ts';
import { loadCard } from './card-store.ts';

/** Where a person comes back to, inside the portal alone: the address carries a token of the card. */
export const returnPathField = z
  .string()
  .max(200)
  .regex(/^\/[A-Za-z0-9/_-]*$/, 'must be a path of the portal such as /finance/cards')
  .default('/');

/**
 * FIN-109: a page of the processor for entering a card; number and code never come here.
 * @throws Refusal CARDS_NOT_AVAILABLE, CURRENCY_NOT_SET, CARD_NOT_FOUND, PAYMENTS_UNAVAILABLE
 */
export async function openCardPage(
  partner: Pick<Partner, 'partnerId' | 'type' | 'paymentCurrency' | 'currencyChoices'>,
  wish: { readonly purpose: CardPagePurpose; readonly cardId?: string; readonly returnPath: string },
): Promise<CardPage> {
  const { partnerId, type } = partner;
  if (wish.purpose !== 'pay-once' && type !== 'solution-provider') throw new Refusal(cardErrors.CARDS_NOT_AVAILABLE);
  if (wish.purpose === 'add' && !hasSetCurrency(partner)) throw new Refusal(cardErrors.CURRENCY_NOT_SET); // FIN-99
  const card = wish.purpose === 'update' ? await keptCard(partnerId, wish.cardId ?? '') : undefined;
  return createCardPage({ purpose: wish.purpose, card, returnUrl: `${portalUrl()}${wish.returnPath}` });
}

async function keptCard(partnerId: string, cardId: string): Promise<string> {
  const card = await loadCard({ partnerId, cardId });
  if (!card?.token || !isListed(card)) throw new Refusal(cardErrors.CARD_NOT_FOUND);
  return card.token;
}
