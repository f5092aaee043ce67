import * as z from 'zod';

import type { Instant } from '#lib/shared/time.ts';
import { maskCustomerEmail, maskCustomerName } from '../leads/masks.ts';
import type { ItemOutcome } from './each-of.ts';
import { INVITATION_METHODS, INVITATION_STATUSES, type Invitation, invitationAt } from './invitation.ts';

export const associationTypeField = z.enum(['reseller', 'referral']);
export const invitationMethodField = z.enum(INVITATION_METHODS);
export const invitationStatusField = z.enum(INVITATION_STATUSES);

export const invitationView = z.object({
  invitationId: z.string(),
  leadId: z.string().nullable(),
  linkId: z.string().nullable(),
  method: invitationMethodField,
  associationType: associationTypeField,
  customTag: z.string().nullable(),
  customerName: z.string().nullable().meta({ description: 'Masked' }),
  email: z.string().nullable().meta({ description: 'Masked' }),
  accountName: z.string().nullable(),
  customerId: z.string().nullable(),
  sentBy: z.string(),
  accountManagerId: z.string().nullable(),
  status: invitationStatusField,
  deliveryStatus: z.literal('failed').nullable(),
  sendCount: z.number().int(),
  sentAt: z.string().nullable(),
  expiresAt: z.string().nullable(),
  registeredAt: z.string().nullable(),
  associatedAt: z.string().nullable(),
  failure: z
    .object({ code: z.string(), message: z.string(), advice: z.string(), at: z.string() })
    .nullable()
    .meta({ description: 'Why the association failed, and what to do' }),
});

/** A row of the history as it is now, names and addresses masked (DEV-189, DEV-191). */
export function toInvitationView(stored: Invitation, now: Instant): z.input<typeof invitationView> {
  const row = invitationAt(stored, now);
  return {
    invitationId: row.invitationId,
    leadId: row.leadId ?? null,
    linkId: row.linkId ?? null,
    method: row.method,
    associationType: row.associationType,
    customTag: row.customTag ?? null,
    customerName: row.customerName === undefined ? null : maskCustomerName(row.customerName),
    email: row.email === undefined ? null : maskCustomerEmail(row.email),
    accountName: row.accountName ?? null,
    customerId: row.customerId ?? null,
    sentBy: row.sentBy,
    accountManagerId: row.accountManagerId ?? null,
    status: row.status,
    deliveryStatus: row.deliveryStatus ?? null,
    sendCount: row.sendCount,
    sentAt: row.sentAt ?? null,
    expiresAt: row.expiresAt ?? null,
    registeredAt: row.registeredAt ?? null,
    associatedAt: row.associatedAt ?? null,
    failure: row.status === 'association-failed' && row.failure ? row.failure : null,
  };
}

const refusedItem = z.object({ id: z.string(), status: z.literal('refused'), code: z.string(), message: z.string() });

export const invitationResults = z.object({
  results: z.array(
    z.discriminatedUnion('status', [
      z.object({ id: z.string(), status: z.literal('done'), invitation: invitationView }),
      refusedItem,
    ]),
  ),
});

/** Those that were sent and those that were not, in the order of the request (DEV-56). */
export const toInvitationResults = (
  outcomes: readonly ItemOutcome<Invitation>[],
  now: Instant,
): z.input<typeof invitationResults> => ({
  results: outcomes.map((outcome) =>
    'done' in outcome
      ? { id: outcome.id, status: 'done', invitation: toInvitationView(outcome.done, now) }
      : {
          id: outcome.id,
          status: 'refused',
          code: outcome.refused.definition.code,
          message: outcome.refused.definition.message,
        },
  ),
});
