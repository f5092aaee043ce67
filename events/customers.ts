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
