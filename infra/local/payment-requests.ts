import * as z from 'zod';
import { CARD_PAGE_PURPOSES } from '#lib/repayments/payments/processor.ts';

/** What the simulated processor takes: the requests of docs/payment-port.md, and the form of its page. */

export const cardFields = z.object({
  number: z.string().transform((text) => text.replaceAll(' ', '')),
  holderName: z.string().default(''),
  expiry: z.string().regex(/^(0[1-9]|1[0-2])\/\d{2}$/),
  securityCode: z.string().regex(/^\d{3,4}$/),
});
export const chargeWish = z.object({
  key: z.string(),
  amount: z.string(),
  currency: z.string(),
  source: z.union([z.object({ card: z.string() }), z.object({ token: z.string() })]),
  offSession: z.boolean(),
  returnUrl: z.string().optional(),
});
export const verificationWish = z.object({
  key: z.string(),
  token: z.string(),
  card: z.string().optional(),
  returnUrl: z.string().optional(),
});
export const pageWish = z.object({
  purpose: z.enum(CARD_PAGE_PURPOSES),
  card: z.string().optional(),
  returnUrl: z.string(),
});
