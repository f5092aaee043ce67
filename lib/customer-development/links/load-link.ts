import { loadMember, type MemberIdentity } from '#lib/shared/identities.ts';
import { loadCampaign } from './campaign-store.ts';
import type { InvitationLink } from './link.ts';
import { loadStoredLink } from './link-store.ts';
import { isManager } from './manager.ts';
import { generalLink, type NamedByLink, namedBy, promotionalLink } from './member-link.ts';

export interface OwnedLink {
  readonly link: InvitationLink;
  readonly owner: MemberIdentity;
}

/** A link of any kind with the member that it belongs to. */
export async function loadLink(linkId: string): Promise<OwnedLink | undefined> {
  const named = namedBy(linkId);
  if (named) return loadMemberLink(named);
  const link = await loadStoredLink(linkId);
  const owner = link && (await loadMember(link.ownerMemberId));
  return owner && { link: withManager(link, owner), owner };
}

async function loadMemberLink(named: NamedByLink): Promise<OwnedLink | undefined> {
  const owner = await loadMember(named.memberId);
  if (!owner) return undefined;
  if (named.kind === 'general') return { link: generalLink(owner, named.associationType), owner };
  const campaign = await loadCampaign(named.campaignId);
  return campaign && { link: promotionalLink(owner, campaign), owner };
}

/** A custom link without a chosen manager falls back to its creator by what that is now (DEV-71, DEV-73). */
export const withManager = (link: InvitationLink, owner: MemberIdentity | undefined): InvitationLink =>
  link.tagMode === 'customize' && owner && isManager(owner) ? { ...link, accountManagerId: owner.memberId } : link;
