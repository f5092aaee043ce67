import * as z from 'zod';
import { paymentText } from '#lib/billing/index.ts';
import { currencyField } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import type { BusinessDay, Instant } from '#lib/shared/time.ts';
import { CLAIM_STATUSES, type ClaimWish, isLateClaim, type TransferClaim } from './claim.ts';

/** FIN-80. */
export const claimInput = z.object({
  topUpTime: z.iso.date().meta({ description: 'The day on which the money was sent', examples: ['2024-08-09'] }),
  amount: moneyText,
  currency: currencyField,
  bankAccount: z
    .string()
    .trim()
    .min(4)
    .max(64)
    .meta({ description: 'Account number that the money was sent from; shown masked' }),
  invoiceNo: z.string().trim().min(1).max(64).optional(),
  description: z.string().trim().max(500).optional(),
  certificateId: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'Where the proof of the transfer was uploaded; a resubmission may keep the one before' }),
});

export const toClaimWish = ({ certificateId: _upload, ...wish }: z.output<typeof claimInput>): ClaimWish => ({
  ...wish,
  topUpTime: wish.topUpTime as BusinessDay,
  amount: parseMoney(wish.amount),
});

export const claimView = z.object({
  claimId: z.string(),
  partnerId: z.string(),
  topUpTime: z.string(),
  amount: z.string(),
  currency: z.string(),
  bankAccount: z.string().meta({ description: 'Masked' }),
  invoiceNo: z.string().nullable(),
  description: z.string().nullable(),
  certificate: z.object({ contentType: z.string(), bytes: z.number().int() }),
  status: z.enum(CLAIM_STATUSES),
  submittedAt: z.string(),
  respondBy: z.string().meta({ description: 'Three working days after the submission' }),
  late: z.boolean(),
  decidedAt: z.string().nullable(),
  reason: z.string().nullable().meta({ description: 'Why it was rejected' }),
  bookedTo: z.string().nullable().meta({ description: 'Partner whose account the money went to' }),
  version: z.number().int(),
});

export const toClaimView = (claim: TransferClaim, now: Instant): z.input<typeof claimView> => ({
  claimId: claim.claimId,
  partnerId: claim.partnerId,
  topUpTime: claim.topUpTime,
  amount: paymentText(claim.amount, claim.currency),
  currency: claim.currency,
  bankAccount: maskAccountNumber(claim.bankAccount),
  invoiceNo: claim.invoiceNo ?? null,
  description: claim.description ?? null,
  certificate: { contentType: claim.certificate.contentType, bytes: claim.certificate.bytes },
  status: claim.status,
  submittedAt: claim.submittedAt,
  respondBy: claim.respondBy,
  late: isLateClaim(claim, now),
  decidedAt: claim.decidedAt ?? null,
  reason: claim.reason ?? null,
  bookedTo: claim.bookedTo ?? null,
  version: claim.version,
});

/** `****6789`: the last four characters, fewer of a short number. */
export const maskAccountNumber = (number: string): string => `****${number.slice(number.length > 8 ? -4 : -2)}`;
