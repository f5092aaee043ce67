import * as z from 'zod';
import type { Partner } from '#lib/partners/index.ts';
import { maskEmail } from '#lib/shared/masking.ts';
import type { Instant } from '#lib/shared/time.ts';
import { RESTRICTIONS } from './eligibility.ts';
import { INVITATION_STATUSES, type ResellerInvitation, statusAt } from './invitation.ts';

/** What whoever holds the link sees before signing in. */
export const openedView = z.object({
  distributorName: z.string(),
  countryRegion: z
    .string()
    .meta({ description: 'The service country or region of the distributor; the company needs the same' }),
  email: z.string().meta({ description: 'The invited address, masked' }),
  status: z.enum(INVITATION_STATUSES),
  expiresAt: z.string(),
});

export const toOpenedView = (
  invitation: ResellerInvitation,
  { companyName, registrationArea }: Partner,
  now: Instant,
): z.input<typeof openedView> => ({
  distributorName: companyName,
  countryRegion: registrationArea.countryRegion,
  email: maskEmail(invitation.email),
  status: statusAt(invitation, now),
  expiresAt: invitation.expiresAt,
});

/** DEV-121: how far the association of the applicant's account has come. */
export const applicationView = z.object({
  invitationId: z.string(),
  accountName: z.string(),
  companyName: z.string(),
  status: z.enum(INVITATION_STATUSES),
  requestedAt: z.string().nullable(),
  restrictionReasons: z.array(z.enum(RESTRICTIONS)).meta({
    description:
      'All that stands in the way. Fix them and accept again while the link is valid; SYSTEM_BUSY: just again.',
  }),
  retryUntil: z.string().nullable(),
  resellerId: z.string().nullable(),
  associatedOn: z.string().nullable(),
});

export function toApplicationView(invitation: ResellerInvitation, now: Instant): z.input<typeof applicationView> {
  const status = statusAt(invitation, now);
  const { application, restrictionReasons = [] } = invitation;
  return {
    invitationId: invitation.invitationId,
    accountName: application?.accountName ?? '',
    companyName: application?.company.companyName ?? '',
    status,
    requestedAt: application?.requestedAt ?? null,
    restrictionReasons: status === 'associated' ? [] : [...restrictionReasons],
    retryUntil: status === 'restricted' ? invitation.expiresAt : null,
    resellerId: invitation.resellerPartnerId ?? null,
    associatedOn: invitation.associatedAt ?? null,
  };
}
