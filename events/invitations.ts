import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const sending = {
  invitationId: z.string(),
  partnerId: z.string(),
  /** Which sending of the invitation it was. */
  sendCount: z.number().int(),
};

/** DEV-61, DEV-67. An invitation was sent, for the first time or again; its link's secret is in no event. */
export const invitationSent = defineEvent({
  name: 'invitation.sent',
  version: 1,
  detail: z.object({
    ...sending,
    leadId: z.string(),
    associationType: z.enum(['reseller', 'referral']),
    sentAt: z.string(),
    expiresAt: z.string(),
  }),
});

/** DEV-64. The mail of an invitation was refused for good; the link that it carried stays as valid as it was. */
export const invitationDeliveryFailed = defineEvent({
  name: 'invitation.delivery-failed',
  version: 1,
  detail: z.object({ ...sending, failedAt: z.string() }),
});

/** DEV-197. An e-mailed link ended unused. */
export const invitationExpired = defineEvent({
  name: 'invitation.expired',
  version: 1,
  detail: z.object({ ...sending, expiredAt: z.string() }),
});

/** DEV-193. An export of invited customers was asked for; whoever writes the files starts. */
export const invitationExportRequested = defineEvent({
  name: 'invitation-export.requested',
  version: 1,
  detail: z.object({ jobId: z.string(), partnerId: z.string(), requestedAt: z.string() }),
});
