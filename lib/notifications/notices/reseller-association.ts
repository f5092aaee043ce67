import { resellerAssociated, resellerAssociationRestricted, resellerInvited } from '#events/resellers.ts';
import type { Partner } from '#lib/partners/index.ts';
import { linkPurposeOf, loadResellerInvitation, RESTRICTIONS, type ResellerInvitation } from '#lib/resellers/index.ts';
import { maskEmail } from '#lib/shared/masking.ts';
import { type Instant, instant } from '#lib/shared/time.ts';
import type { Notice } from '../message.ts';
import type { Terms } from '../templates/content.ts';
import { nextOpening } from '../working-hours.ts';
import { composer, type Moment } from './composer.ts';
import { toAdmins } from './reseller-permission.ts';
import { requirePartner, voiceOf } from './voice.ts';

/** DEV-200. */
const TRIES = 3;

/** DEV-114: to the invited address, at once, in the distributor's language; a sending that was replaced meanwhile is no longer made. */
export const resellerInvitationNotice = composer(resellerInvited, async (detail, { occurredAt }) => {
  const { invitationId, sendCount } = detail;
  const [invitation, distributor] = await Promise.all([
    loadResellerInvitation(invitationId),
    requirePartner(detail.distributorId),
  ]);
  if (invitation?.sendCount !== sendCount) return [];
  const { language, time } = voiceOf(distributor);
  return [
    {
      template: 'reseller-invitation',
      language,
      values: {
        distributorName: distributor.companyName,
        countryRegion: distributor.registrationArea.countryRegion,
        expiresAt: time(detail.expiresAt),
        linkFolder: 'reseller-invitations',
        linkPurpose: linkPurposeOf(detail),
      },
      destinations: [{ channel: 'email', to: invitation.email }],
      sendAfter: occurredAt,
      notAfter: instant(detail.expiresAt),
      tries: TRIES,
      about: { id: invitationId, sendCount },
    },
  ];
});

/** ONB-137: both sides are told. */
export const resellerAssociatedNotice = composer(resellerAssociated, async (detail, { now }) => {
  const sides = await Promise.all([requirePartner(detail.distributorId), requirePartner(detail.resellerId)]);
  const [distributor, reseller] = sides;
  return sides.map((partner): Notice => {
    const { language, time, zone } = voiceOf(partner);
    return {
      template: 'reseller-associated',
      language,
      values: {
        resellerName: reseller.companyName,
        distributorName: distributor.companyName,
        associatedAt: time(detail.associatedAt),
      },
      destinations: toAdmins(partner),
      sendAfter: nextOpening(now, zone),
    };
  });
});

/** ONB-137: the invitee learns what stands in the way, the distributor that something does: why is the invitee's own affair. */
export const resellerRestrictedNotice = composer(resellerAssociationRestricted, async (detail, moment) => {
  const [invitation, distributor] = await Promise.all([
    loadResellerInvitation(detail.invitationId),
    requirePartner(detail.distributorId),
  ]);
  const company = invitation?.application?.company;
  if (!company) return []; // its link was replaced meanwhile: there is nothing to fix any more
  const restricted = { company, distributor, email: invitation.email, retryUntil: invitation.expiresAt };
  return [toInvitee(restricted, detail.reasons, moment), toDistributor(restricted, moment)];
});

interface Restricted {
  readonly company: NonNullable<ResellerInvitation['application']>['company'];
  readonly distributor: Partner;
  readonly email: string;
  readonly retryUntil: Instant;
}

function toInvitee(
  { company, distributor, retryUntil }: Restricted,
  reasons: readonly string[],
  { occurredAt }: Moment,
): Notice {
  const { language, terms, time } = voiceOf(company);
  return {
    template: 'reseller-restricted-invitee',
    language,
    values: {
      companyName: company.companyName,
      distributorName: distributor.companyName,
      reasons: reasons.map((reason) => whyOf(terms, reason)).join(' '),
      retryUntil: time(retryUntil),
    },
    destinations: [{ channel: 'email', to: company.contact.email }],
    sendAfter: occurredAt,
  };
}

function toDistributor({ company, distributor, email, retryUntil }: Restricted, { now }: Moment): Notice {
  const { language, time, zone } = voiceOf(distributor);
  return {
    template: 'reseller-restricted',
    language,
    values: { companyName: company.companyName, email: maskEmail(email), retryUntil: time(retryUntil) },
    destinations: toAdmins(distributor),
    sendAfter: nextOpening(now, zone),
  };
}

const whyOf = ({ resellerRestriction }: Terms, reason: string): string => {
  const known = RESTRICTIONS.find((restriction) => restriction === reason);
  return known ? resellerRestriction[known] : reason;
};
