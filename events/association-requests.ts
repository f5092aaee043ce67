import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const associationType = z.enum(['reseller', 'referral']);

/** What both events say of the request. */
const request = {
  recordId: z.string(),
  purpose: z.enum(['association', 'disassociation', 'association-type-change']),
  customerId: z.string(),
  accountName: z.string(),
  /** The partner that the customer deals with: the reseller where there is one. */
  partnerId: z.string(),
  /** The distributor of that reseller. */
  distributorId: z.string().optional(),
  associationType,
  newAssociationType: associationType.optional(),
  initiatedBy: z.enum(['partner', 'customer']),
};

/** ORD-29, ORD-30, ORD-35. One side asked to end or change an association; `completed` when nobody has to agree. */
export const associationRequestCreated = defineEvent({
  name: 'association.request-created',
  version: 1,
  detail: z.object({
    ...request,
    status: z.enum(['pending-confirmation', 'completed']),
    reason: z.string().optional(),
    requestedAt: z.string(),
  }),
});

/** ORD-42. The other side agreed or rejected. */
export const associationRequestProcessed = defineEvent({
  name: 'association.request-processed',
  version: 1,
  detail: z.object({ ...request, decision: z.enum(['agreed', 'rejected']), processedAt: z.string() }),
});
