import type { Member } from '#lib/shared/actor.ts';
import { loadMember, type MemberIdentity } from '#lib/shared/identities.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { isInDataScope, rememberedDirectors } from '../invitations/data-scope.ts';
import { searchable } from '../invitations/invitation.ts';
import { whyTypeClosed } from '../leads/checks.ts';
import { hasBegun } from './campaign.ts';
import { listCampaigns } from './campaign-store.ts';
import type { InvitationLink } from './link.ts';
import { listStoredLinks, positionOfLink } from './link-store.ts';
import { withManager } from './load-link.ts';
import { promotionalLink } from './member-link.ts';

export interface RecordFilter {
  /** Any part of the tag, in any case. */
  readonly customTag?: string;
  readonly accountManagerId?: string;
}

export interface LinkPage {
  readonly links: InvitationLink[];
  readonly nextKey?: Record<string, unknown>;
}
type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

const READ_SIZE = 100;
/** Records that one request looks through; beyond them the cursor goes on, after a short page. */
const MOST_READS = 20;

/** Custom links that the member may hand out, newest first (DEV-75). */
export async function listGenerationRecords(member: Member, filter: RecordFilter, page: Page): Promise<LinkPage> {
  const isShown = shownTo(member, filter);
  const links: InvitationLink[] = [];
  let { startKey } = page;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const found = await listStoredLinks(member.partnerId, { limit: READ_SIZE, startKey });
    for (const link of found.links) {
      const shown = await isShown(link);
      if (!shown) continue;
      if (links.length === page.limit) return { links, nextKey: positionOfLink(links.at(-1) ?? link) };
      links.push(shown);
    }
    startKey = found.nextKey;
    if (!startKey) break;
  }
  return { links, nextKey: startKey };
}

/** The link as it is now, if it is one to show. */
function shownTo(member: Member, { customTag, accountManagerId }: RecordFilter) {
  const directorOf = rememberedDirectors();
  const owners = new Map<string, Promise<MemberIdentity | undefined>>();
  const ownerOf = (memberId: string) => {
    const owner = owners.get(memberId) ?? loadMember(memberId);
    owners.set(memberId, owner);
    return owner;
  };
  return async (stored: InvitationLink): Promise<InvitationLink | undefined> => {
    const link = withManager(stored, await ownerOf(stored.ownerMemberId));
    if (customTag !== undefined && !searchable(link.customTag).includes(searchable(customTag))) return undefined;
    if (accountManagerId !== undefined && link.accountManagerId !== accountManagerId) return undefined;
    return (await isInDataScope(member, { ...link, by: link.ownerMemberId }, directorOf)) ? link : undefined;
  };
}

/** The member's links of the campaigns that run now; none without a campaign (DEV-77). */
export async function listPromotionalLinks(
  { member, standing }: { readonly member: Member; readonly standing: PartnerStanding },
  page: Page,
  now: Instant,
): Promise<LinkPage> {
  const [owner, found] = await Promise.all([loadMember(member.id), listCampaigns(now, page)]);
  if (!owner) return { links: [] };
  const running = found.campaigns.filter(
    (campaign) => hasBegun(campaign, now) && !whyTypeClosed(standing, campaign.associationType),
  );
  return { links: running.map((campaign) => promotionalLink(owner, campaign)), nextKey: found.nextKey };
}
