import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const lead = { leadId: z.string(), partnerId: z.string(), createdBy: z.string() };

/** DEV-41. A partner pre-registered a customer. */
export const preRegistrationCreated = defineEvent({
  name: 'pre-registration.created',
  version: 1,
  detail: z.object({
    ...lead,
    associationType: z.enum(['reseller', 'referral']),
    accountManagerId: z.string().optional(),
    preregisteredAt: z.string(),
    expiresAt: z.string(),
  }),
});

/** DEV-37. A pre-registration, or the request to have one reviewed, was refused for reasons that lie with the customer. */
export const preRegistrationRefused = defineEvent({
  name: 'pre-registration.refused',
  version: 1,
  detail: z.object({
    partnerId: z.string(),
    memberId: z.string(),
    hard: z.array(z.string()),
    reviewable: z.array(z.string()),
    refusedAt: z.string(),
  }),
});

/** DEV-48, DEV-50. An operator decided a manual review. */
export const preRegistrationReviewed = defineEvent({
  name: 'pre-registration.reviewed',
  version: 1,
  detail: z.object({
    ...lead,
    decision: z.enum(['approve', 'reject']),
    comment: z.string().optional(),
    decidedAt: z.string(),
    /** After an approval: when the 15 days end. */
    expiresAt: z.string().optional(),
  }),
});

/** DEV-41, DEV-197. A lead lapsed; the address had been free since `expiredAt`. */
export const preRegistrationExpired = defineEvent({
  name: 'pre-registration.expired',
  version: 1,
  detail: z.object({ ...lead, expiredAt: z.string() }),
});

/** DEV-199. Manual reviews wait for a decision that is due on `day` or was before. */
export const manualReviewsDue = defineEvent({
  name: 'manual-reviews.due',
  version: 1,
  detail: z.object({ day: z.string(), dueToday: z.number().int(), overdue: z.number().int() }),
});
