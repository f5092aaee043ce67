import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** DEV-90. An invited customer enabled services and accepted everything; now the association is checked and made. */
export const associationRequested = defineEvent({
  name: 'association.requested',
  version: 1,
  detail: z.object({ invitationId: z.string(), accountId: z.string(), customerId: z.string() }),
});

/** DEV-93. A cause blocked the association of an invited customer; nothing else changed. */
export const customerAssociationFailed = defineEvent({
  name: 'customer.association-failed',
  version: 1,
  detail: z.object({
    invitationId: z.string(),
    /** Absent when nobody took the link before it expired. */
    customerId: z.string().optional(),
    accountName: z.string().optional(),
    /** The inviting partner. */
    partnerId: z.string(),
    accountManagerId: z.string().optional(),
    type: z.enum(['reseller', 'referral']),
    code: z.string(),
    failedAt: z.string(),
  }),
});

/** DEV-203. The next part of an announcement: a page of partners, or a page of one partner's customers. */
export const agreementAnnouncementDue = defineEvent({
  name: 'agreement.announcement-due',
  version: 1,
  detail: z.object({
    agreementVersion: z.string(),
    title: z.string(),
    /** Whose customers; absent where the partners themselves are walked. */
    partnerId: z.string().optional(),
    scope: z.enum(['own', 'resellers']).optional(),
    /** Where the page before stopped. */
    after: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** DEV-203. A customer is asked to sign the new version of the association instructions. */
export const instructionsToSign = defineEvent({
  name: 'customer.instructions-to-sign',
  version: 1,
  detail: z.object({
    customerId: z.string(),
    partnerId: z.string(),
    agreementVersion: z.string(),
    title: z.string(),
  }),
});

/** DEV-203. A new version of an agreement is in force. */
export const agreementPublished = defineEvent({
  name: 'agreement.published',
  version: 1,
  detail: z.object({
    code: z.string(),
    agreementVersion: z.string(),
    title: z.string(),
    publishedAt: z.string(),
  }),
});
