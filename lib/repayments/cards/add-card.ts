import { hasSetCurrency, type Partner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { portalUrl } from '#lib/shared/resources.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { verificationKeyOf } from '../payments/charge-key.ts';
import { cardErrors } from '../payments/errors.ts';
import { verifyCard } from '../payments/port.ts';
import { type ChileId, isChileId, type PaymentCard, startVerification, statusAt } from './card.ts';
import { loadCard, putNewCard, replaceCard } from './card-store.ts';
import { settleVerification } from './settle-verification.ts';

export interface CardWish {
  /** Of the processor's page, where the card was entered (FIN-109). */
  readonly cardToken: string;
  readonly agreementAccepted: boolean;
  readonly chile?: ChileId;
  readonly returnPath: string;
}

const CHILE = 'CL';

/** FIN-99 to FIN-101. @throws Refusal CURRENCY_NOT_SET, AGREEMENT_REQUIRED, INVALID_ID_NUMBER */
function checkNewCard(
  partner: Pick<Partner, 'paymentCurrency' | 'currencyChoices' | 'registrationArea'>,
  { agreementAccepted, chile }: Pick<CardWish, 'agreementAccepted' | 'chile'>,
): void {
  if (!hasSetCurrency(partner)) throw new Refusal(cardErrors.CURRENCY_NOT_SET);
  if (!agreementAccepted) throw new Refusal(cardErrors.AGREEMENT_REQUIRED);
  const identified = partner.registrationArea.countryRegion !== CHILE || (chile !== undefined && isChileId(chile));
  if (!identified) throw new Refusal(cardErrors.INVALID_ID_NUMBER);
}

/**
 * Keeps a card that the processor verifies by a test charge (FIN-99 to FIN-106). Without its answer the card stays `verifying`; the sweep
 * asks what became of it.
 * @throws Refusal CURRENCY_NOT_SET, AGREEMENT_REQUIRED, INVALID_ID_NUMBER, CARD_VERIFICATION_FAILED
 */
export async function addCard(partner: Partner, wish: CardWish, now: Instant): Promise<PaymentCard> {
  checkNewCard(partner, wish);
  const named = { partnerId: partner.partnerId, cardId: newId('crd', now) };
  const key = verificationKeyOf(named, 1);
  const card: PaymentCard = {
    ...named,
    status: 'verifying',
    chile: partner.registrationArea.countryRegion === CHILE ? wish.chile : undefined,
    verification: startVerification(key, 'add', now),
    addedAt: now,
    version: 1,
  };
  await transact({ writes: [putNewCard(card)], trace: { partnerId: named.partnerId, after: named } });
  return verify(card, { key, token: wish.cardToken, returnUrl: `${portalUrl()}${wish.returnPath}` }, now);
}

/**
 * FIN-102, FIN-108: a new validity and security code, verified like a new card; the card keeps the old ones until then.
 * @throws Refusal CARD_NOT_ACTIVE, CARD_VERIFICATION_FAILED
 */
export async function updateCard(
  before: PaymentCard,
  wish: Pick<CardWish, 'cardToken' | 'returnPath'>,
  now: Instant,
): Promise<PaymentCard> {
  const status = statusAt(before, now);
  const ready = (status === 'active' || status === 'expired') && before.verification === undefined;
  if (!ready) throw new Refusal(cardErrors.CARD_NOT_ACTIVE);
  const key = verificationKeyOf(before, before.version + 1);
  const card: PaymentCard = { ...before, verification: startVerification(key, 'update', now) };
  const { partnerId, cardId } = before;
  await transact({ writes: [replaceCard(before, card)], trace: { partnerId, after: { cardId, change: 'validity' } } });
  const returnUrl = `${portalUrl()}${wish.returnPath}`;
  return verify(
    { ...card, version: before.version + 1 },
    { key, token: wish.cardToken, card: before.token, returnUrl },
    now,
  );
}

async function verify(card: PaymentCard, wish: Parameters<typeof verifyCard>[0], now: Instant): Promise<PaymentCard> {
  const asked = await verifyCard(wish);
  if (!('known' in asked)) return card;
  const after = await settleVerification(card, asked.known, now);
  const refused = asked.known.status === 'refused' || asked.known.status === 'cancelled';
  if (refused) throw new Refusal(cardErrors.CARD_VERIFICATION_FAILED, { reason: asked.known.declineCode });
  return (await loadCard(after)) ?? after;
}
