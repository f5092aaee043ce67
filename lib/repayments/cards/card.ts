import { maskName } from '#lib/shared/masking.ts';
import { type BillingMonth, billingMonthOf, type Instant, plus } from '#lib/shared/time.ts';
import type { ProcessorVerification } from '../payments/processor.ts';

export const CARD_STATUSES = ['verifying', 'active', 'expired', 'failed', 'deleted'] as const;
export type CardStatus = (typeof CARD_STATUSES)[number];

export const CHILE_AUTH_METHODS = ['RUT', 'Otro'] as const;

/** A card that the processor keeps; of the card itself only what it prints on receipts is known here (FIN-109). */
export interface PaymentCard {
  readonly cardId: string;
  readonly partnerId: string;
  readonly status: CardStatus;
  /** The processor's name for it; given to nobody else. Gone once the card is deleted. */
  readonly token?: string;
  readonly brand?: string;
  readonly last4?: string;
  readonly holderName?: string;
  /** `MM/YY`: good through the last day of that month. */
  readonly expiry?: string;
  readonly chile?: ChileId;
  /** A test charge whose outcome is not known yet (FIN-102). */
  readonly verification?: Verification;
  readonly addedAt: Instant;
  readonly version: number;
}

export interface ChileId {
  readonly method: (typeof CHILE_AUTH_METHODS)[number];
  readonly idNumber: string;
}

export interface Verification {
  /** The processor's idempotency key. */
  readonly key: string;
  readonly action: 'add' | 'update';
  readonly redirectUrl?: string;
  readonly startedAt: Instant;
  /** When the processor is asked next what became of it. */
  readonly askAt: Instant;
}

/** FIN-105: what was tried with a card, and what came of it. */
export interface CardAttempt {
  readonly partnerId: string;
  readonly cardId: string;
  readonly at: Instant;
  readonly last4?: string;
  readonly action: 'add' | 'update' | 'set-default' | 'delete' | 'expire';
  readonly result: 'succeeded' | 'failed';
  readonly reason?: string;
}

const ASK_AFTER_MINUTES = 2;

export const startVerification = (key: string, action: Verification['action'], now: Instant): Verification => ({
  key,
  action,
  startedAt: now,
  askAt: plus(now, { minutes: ASK_AFTER_MINUTES }),
});

/** Over at 00:00 GMT+08:00 of the month after the printed one; the sweeper's mark only follows. */
export const isOver = (expiry: string, now: Instant): boolean => monthOf(expiry) < billingMonthOf(now);

export const monthOf = (expiry: string): BillingMonth => `20${expiry.slice(3)}-${expiry.slice(0, 2)}` as BillingMonth;

export const statusAt = ({ status, expiry }: Pick<PaymentCard, 'status' | 'expiry'>, now: Instant): CardStatus =>
  status === 'active' && expiry !== undefined && isOver(expiry, now) ? 'expired' : status;

/** FIN-89: the default card first, then the others in the order in which they were added; only those that are active. */
export function inOrder<Card extends Pick<PaymentCard, 'cardId' | 'status' | 'expiry' | 'addedAt'>>(
  cards: readonly Card[],
  defaultCardId: string | undefined,
  now: Instant,
): Card[] {
  const rank = ({ cardId, addedAt }: Card) => `${cardId === defaultCardId ? 0 : 1}#${addedAt}#${cardId}`;
  return cards.filter((card) => statusAt(card, now) === 'active').sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

/** FIN-101. The check digit of a RUT is the authority's business, not ours. */
export function isChileId({ method, idNumber }: ChileId): boolean {
  return method === 'RUT' ? /^\d{7,8}-[\dkK]$/.test(idNumber) : idNumber.length >= 5 && idNumber.length <= 20;
}

/** The card after its test charge: kept as the processor describes it, or refused. */
export function afterVerification(
  { verification, ...card }: PaymentCard,
  said: Pick<ProcessorVerification, 'status' | 'card'>,
): PaymentCard {
  const shown = said.card && {
    brand: said.card.brand,
    last4: said.card.last4,
    holderName: maskName(said.card.holderName),
    expiry: said.card.expiry,
  };
  if (said.status === 'verified') return { ...card, ...shown, token: said.card?.token, status: 'active' };
  return verification?.action === 'add' ? { ...card, last4: shown?.last4, status: 'failed' } : card;
}
