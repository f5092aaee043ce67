import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** DEV-114. An invitation was sent, for the first time or again; the mail carries the link of this sending. */
export const resellerInvited = defineEvent({
  name: 'reseller.invited',
  version: 1,
  detail: z.object({
    invitationId: z.string(),
    distributorId: z.string(),
    sendCount: z.number().int(),
    sentAt: z.string(),
    expiresAt: z.string(),
  }),
});

/** DEV-118, DEV-121. An account asks to become a reseller; what stands against it is checked next. */
export const resellerAssociationRequested = defineEvent({
  name: 'reseller.association-requested',
  version: 1,
  detail: z.object({
    invitationId: z.string(),
    distributorId: z.string(),
    accountId: z.string(),
    attempt: z.number().int(),
    requestedAt: z.string(),
  }),
});

/** DEV-119. Something stands in the way; the account may ask again while its link is valid. */
export const resellerAssociationRestricted = defineEvent({
  name: 'reseller.association-restricted',
  version: 1,
  detail: z.object({
    invitationId: z.string(),
    distributorId: z.string(),
    accountId: z.string(),
    attempt: z.number().int(),
    reasons: z.array(z.string()),
    restrictedAt: z.string(),
  }),
});

/** DEV-121. A company has become a reseller of its distributor. */
export const resellerAssociated = defineEvent({
  name: 'reseller.associated',
  version: 1,
  detail: z.object({
    invitationId: z.string(),
    distributorId: z.string(),
    resellerId: z.string(),
    accountId: z.string(),
    associatedAt: z.string(),
  }),
});

/** ONB-32, ONB-140. A restricted association came to nothing: given up, run out, or its link replaced. */
export const resellerAssociationFailed = defineEvent({
  name: 'reseller.association-failed',
  version: 1,
  detail: z.object({
    invitationId: z.string(),
    distributorId: z.string(),
    accountId: z.string(),
    cause: z.enum(['given-up', 'expired', 'replaced']),
    failedAt: z.string(),
  }),
});

/** DEV-197. The link of an invitation ended unused. */
export const resellerInvitationExpired = defineEvent({
  name: 'reseller-invitation.expired',
  version: 1,
  detail: z.object({ invitationId: z.string(), distributorId: z.string(), expiresAt: z.string() }),
});

/** DEV-132, DEV-136. A distributor let a reseller order and operate on behalf of customers, or no longer. */
export const resellerDelegationChanged = defineEvent({
  name: 'reseller.delegation-changed',
  version: 1,
  detail: z.object({
    resellerId: z.string(),
    distributorId: z.string(),
    authorized: z.boolean(),
    changedBy: z.string(),
    changedAt: z.string(),
  }),
});
