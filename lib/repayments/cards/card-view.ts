import * as z from 'zod';
import type { Instant } from '#lib/shared/time.ts';
import { CARD_STATUSES, type CardAttempt, CHILE_AUTH_METHODS, type PaymentCard, statusAt } from './card.ts';

export const cardView = z.object({
  cardId: z.string(),
  status: z.enum(CARD_STATUSES),
  isDefault: z.boolean(),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  holderName: z.string().nullable().meta({ description: 'Masked' }),
  expiry: z.string().nullable().meta({ description: 'MM/YY' }),
  chileAuthMethod: z.enum(CHILE_AUTH_METHODS).nullable(),
  chileIdNumber: z.string().nullable().meta({ description: 'Masked' }),
  redirectUrl: z.string().nullable().meta({ description: 'Where the holder has to confirm the card at its bank' }),
  addedAt: z.string(),
  version: z.number().int(),
});

export const toCardView = (
  card: PaymentCard,
  defaultCardId: string | undefined,
  now: Instant,
): z.input<typeof cardView> => ({
  cardId: card.cardId,
  status: statusAt(card, now),
  isDefault: card.cardId === defaultCardId,
  brand: card.brand ?? null,
  last4: card.last4 ?? null,
  holderName: card.holderName ?? null,
  expiry: card.expiry ?? null,
  chileAuthMethod: card.chile?.method ?? null,
  chileIdNumber: card.chile ? `***${card.chile.idNumber.slice(-2)}` : null,
  redirectUrl: card.verification?.redirectUrl ?? null,
  addedAt: card.addedAt,
  version: card.version,
});

export const attemptView = z.object({
  cardId: z.string(),
  time: z.string(),
  last4: z.string().nullable(),
  action: z.enum(['add', 'update', 'set-default', 'delete', 'expire']),
  result: z.enum(['succeeded', 'failed']),
  reason: z.string().nullable(),
});

export const toAttemptView = ({ cardId, at, last4, action, result, reason }: CardAttempt) => ({
  cardId,
  time: at,
  last4: last4 ?? null,
  action,
  result,
  reason: reason ?? null,
});
