import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** ORG-53. A person asked for a verification code; the code itself is never part of it. */
export const verificationCodeRequested = defineEvent({
  name: 'verification-code.requested',
  version: 1,
  detail: z.object({
    challengeId: z.string(),
    memberId: z.string(),
    channel: z.enum(['sms', 'email']),
    operationKey: z.string(),
    requestedAt: z.string(),
  }),
});

/** DEV-86. Somebody without an identity asked for the code of a registration; the address stands in the challenge alone. */
export const registrationCodeRequested = defineEvent({
  name: 'registration-code.requested',
  version: 1,
  detail: z.object({ challengeId: z.string(), requestedAt: z.string() }),
});

/** The same, asked for by a customer. */
export const customerVerificationCodeRequested = defineEvent({
  name: 'customer-verification-code.requested',
  version: 1,
  detail: z.object({
    challengeId: z.string(),
    customerId: z.string(),
    channel: z.enum(['sms', 'email']),
    operationKey: z.string(),
    requestedAt: z.string(),
  }),
});
