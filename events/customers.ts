import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const freezeLevel = z.enum(['none', 'account', 'account-and-resources']);

/** CUS-021. A customer was associated with a partner. */
export const customerAssociated = defineEvent({
  name: 'customer.associated',
  version: 1,
  detail: z.object({
    customerId: z.string(),
    accountName: z.string(),
    partnerId: z.string(),
    resellerId: z.string().optional(),
    type: z.enum(['reseller', 'referral']),
    since: z.string(),
    accountManagerId: z.string().optional(),
    /** How it came about (DEV-105); absent when an operator entered it plainly. */
    origin: z.enum(['email', 'general-link', 'custom-link', 'promotional-link', 'ticket']).optional(),
    /** Whether the account starts frozen (DEV-98, DEV-110). */
    frozen: z.boolean().optional(),
  }),
});

/** ORD-43, ORD-44. A customer's association ended; what others keep of it is to go. */
export const customerDisassociated = defineEvent({
  name: 'customer.disassociated',
  version: 1,
  detail: z.object({
    customerId: z.string(),
    accountName: z.string(),
    partnerId: z.string(),
    resellerId: z.string().optional(),
    type: z.enum(['reseller', 'referral']),
    /** When the association began, which tells it from others of the same two. */
    since: z.string(),
    endedAt: z.string(),
    recordId: z.string(),
    initiatedBy: z.enum(['partner', 'customer']),
  }),
});

/** ORD-36. The association goes on under another type; in the dated history it is a new one from `since` on. */
export const customerAssociationTypeChanged = defineEvent({
  name: 'customer.association-type-changed',
  version: 1,
  detail: z.object({
    customerId: z.string(),
    accountName: z.string(),
    partnerId: z.string(),
    resellerId: z.string().optional(),
    typeBefore: z.enum(['reseller', 'referral']),
    typeAfter: z.enum(['reseller', 'referral']),
    sinceBefore: z.string(),
    since: z.string(),
    recordId: z.string(),
  }),
});

/** CUS-151. A customer was frozen, by a person or by its exhausted budget. */
export const customerFrozen = defineEvent({
  name: 'customer.frozen',
  version: 1,
  detail: z.object({
    customerId: z.string(),
    accountName: z.string(),
    partnerId: z.string(),
    resellerId: z.string().optional(),
    level: freezeLevel,
    cause: z.enum(['association-default', 'manual', 'budget-exhaustion']),
    reason: z.string().optional(),
    actor: z.string(),
    retentionUntil: z.string().optional(),
    frozenAt: z.string(),
  }),
});

/** CUS-169. A customer was unfrozen. */
export const customerUnfrozen = defineEvent({
  name: 'customer.unfrozen',
  version: 1,
  detail: z.object({
    customerId: z.string(),
    accountName: z.string(),
    partnerId: z.string(),
    resellerId: z.string().optional(),
    levelBefore: freezeLevel,
    cause: z.enum(['manual', 'set-budget', 'budget-restored', 'association-ended']),
    reason: z.string().optional(),
    actor: z.string(),
    unfrozenAt: z.string(),
  }),
});

/** CUS-191. A customer was given to an account manager; expenditure and revenue count for it from the next day on (CUS-202). */
export const accountManagerAssigned = defineEvent({
  name: 'account-manager.assigned',
  version: 1,
  detail: z.object({
    customerId: z.string(),
    accountName: z.string(),
    /** The partner whose account manager it is; each partner of a customer keeps its own (CUS-189). */
    partnerId: z.string(),
    memberId: z.string(),
    formerMemberId: z.string().optional(),
    assignedBy: z.string(),
    assignedAt: z.string(),
  }),
});

/** CUS-197. An account manager loses a customer as the next month begins. */
export const accountManagerUnassigned = defineEvent({
  name: 'account-manager.unassigned',
  version: 1,
  detail: z.object({
    customerId: z.string(),
    accountName: z.string(),
    partnerId: z.string(),
    memberId: z.string(),
    requestedAt: z.string(),
    endsAt: z.string(),
  }),
});

/** CUS-249, CUS-264. An administrator asked for a file of customers. */
export const customerExportRequested = defineEvent({
  name: 'customer-export.requested',
  version: 1,
  detail: z.object({ jobId: z.string(), partnerId: z.string(), requestedAt: z.string() }),
});
