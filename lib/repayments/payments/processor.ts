import * as z from 'zod';

/** What the card processor says, in its own words: docs/payment-port.md is the contract. */

/** A charge; `key` is the idempotency key that it was asked for with. */
export const processorCharge = z.object({
  key: z.string(),
  chargeId: z.string(),
  status: z.enum(['succeeded', 'declined', 'action-required', 'processing', 'cancelled']),
  amount: z.string(),
  currency: z.string(),
  declineCode: z.string().optional(),
  redirectUrl: z.string().optional(),
  last4: z.string().optional(),
});
export type ProcessorCharge = z.output<typeof processorCharge>;

/** The check of a card by a small charge that is given back at once (FIN-102). */
export const processorVerification = z.object({
  key: z.string(),
  status: z.enum(['verified', 'refused', 'action-required', 'processing', 'cancelled']),
  declineCode: z.string().optional(),
  redirectUrl: z.string().optional(),
  card: z
    .object({
      token: z.string(),
      brand: z.string(),
      last4: z.string().regex(/^\d{4}$/),
      holderName: z.string(),
      expiry: z.string().regex(/^(0[1-9]|1[0-2])\/\d{2}$/),
    })
    .optional(),
});
export type ProcessorVerification = z.output<typeof processorVerification>;

/** A page of the processor on which a person enters a card; it hands back a token that works once. */
export const cardPage = z.object({ pageId: z.string(), url: z.string(), expiresAt: z.string() });
export type CardPage = z.output<typeof cardPage>;

export const CARD_PAGE_PURPOSES = ['add', 'update', 'pay-once'] as const;
export type CardPagePurpose = (typeof CARD_PAGE_PURPOSES)[number];

/** Something ended at the processor. It says what to ask about; what is true is asked (`GET /charges/{key}`). */
export const notificationFields = z.object({
  notificationId: z.string().min(1).max(100),
  type: z.enum(['charge', 'verification']),
  key: z.string().min(1).max(200),
  status: z.string().min(1).max(50),
  occurredAt: z.string().min(1).max(50),
});
export type NotificationFields = z.output<typeof notificationFields>;
