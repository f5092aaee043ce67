import * as z from 'zod';
import { maskEmail } from '#lib/shared/masking.ts';
import type { Instant } from '#lib/shared/time.ts';
import { INVITATION_STATUSES, type ResellerInvitation, statusAt } from './invitation.ts';
import type { Resent } from './resend-batch.ts';

/** An invitation as its distributor sees it; why an association is restricted is the invitee's own affair. */
export const invitationView = z.object({
  invitationId: z.string(),
  email: z.string().meta({ description: 'Masked' }),
  status: z.enum(INVITATION_STATUSES),
  sentAt: z.string(),
  expiresAt: z.string(),
  timesSent: z.number().int(),
  deliveryStatus: z.enum(['failed']).nullable().meta({ description: 'failed: the last mail was refused for good' }),
  sentBy: z.string().meta({ description: 'The member who sent it last' }),
  resellerId: z.string().nullable(),
  associatedOn: z.string().nullable(),
});

export const toInvitationView = (invitation: ResellerInvitation, now: Instant): z.input<typeof invitationView> => ({
  invitationId: invitation.invitationId,
  email: maskEmail(invitation.email),
  status: statusAt(invitation, now),
  sentAt: invitation.sentAt,
  expiresAt: invitation.expiresAt,
  timesSent: invitation.sendCount,
  deliveryStatus: invitation.deliveryStatus ?? null,
  sentBy: invitation.sentBy,
  resellerId: invitation.resellerPartnerId ?? null,
  associatedOn: invitation.associatedAt ?? null,
});

const sent = z.object({ invitationId: z.string(), status: z.literal('sent'), invitation: invitationView });
const refused = z.object({
  invitationId: z.string(),
  status: z.literal('refused'),
  code: z.string(),
  detail: z.string(),
});

export const resentView = z.object({ results: z.array(z.discriminatedUnion('status', [sent, refused])) });

/** Each invitation with its own result, in the order of the request. */
export const toResentView = (results: readonly Resent[], now: Instant): z.input<typeof resentView> => ({
  results: results.map((result) => {
    const { invitationId } = result;
    if ('sent' in result) return { invitationId, status: 'sent', invitation: toInvitationView(result.sent, now) };
    const { code, message } = result.refused.definition;
    return { invitationId, status: 'refused', code, detail: message };
  }),
});
