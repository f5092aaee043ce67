import type { AssociationType } from '#lib/customers/index.ts';
import type { MemberIdentity } from '#lib/shared/identities.ts';
import type { Campaign } from './campaign.ts';
import type { InvitationLink } from './link.ts';
import { isManager } from './manager.ts';

/**
 * General and promotional links are not stored: member and type, or member and campaign, say everything about them, and the tag is the
 * member's username (DEV-70, DEV-77). Their ids can be read back.
 */
export const generalLinkId = (memberId: string, type: AssociationType): string => `general.${memberId}.${type}`;
const promotionalLinkId = (campaignId: string, memberId: string): string => `promotional.${campaignId}.${memberId}`;

export type NamedByLink =
  | { readonly kind: 'general'; readonly memberId: string; readonly associationType: AssociationType }
  | { readonly kind: 'promotional'; readonly memberId: string; readonly campaignId: string };

/** What the id of a link that is not stored names; `undefined` for the id of a stored one. */
export function namedBy(linkId: string): NamedByLink | undefined {
  const [kind, first = '', second = ''] = linkId.split('.');
  if (kind === 'promotional') return { kind, campaignId: first, memberId: second };
  if (kind !== 'general' || (second !== 'reseller' && second !== 'referral')) return undefined;
  return { kind, memberId: first, associationType: second };
}

export const generalLink = (owner: MemberIdentity, associationType: AssociationType): InvitationLink => ({
  ...ownedBy(owner),
  linkId: generalLinkId(owner.memberId, associationType),
  kind: 'general',
  associationType,
});

export const promotionalLink = (owner: MemberIdentity, campaign: Campaign): InvitationLink => ({
  ...ownedBy(owner),
  linkId: promotionalLinkId(campaign.campaignId, owner.memberId),
  kind: 'promotional',
  associationType: campaign.associationType,
  validFrom: campaign.validFrom,
  validUntil: campaign.validUntil,
});

const ownedBy = (owner: MemberIdentity) => ({
  partnerId: owner.partnerId,
  ownerMemberId: owner.memberId,
  customTag: owner.username,
  accountManagerId: isManager(owner) ? owner.memberId : undefined,
});
