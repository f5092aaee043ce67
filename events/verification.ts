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
