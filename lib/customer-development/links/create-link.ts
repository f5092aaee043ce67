import { type AssociationType, customerErrors } from '#lib/customers/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { loadMember, type MemberIdentity } from '#lib/shared/identities.ts';
import { newId } from '#lib/shared/ids.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { checkAssociationType } from '../leads/checks.ts';
import { linkErrors } from './errors.ts';
import type { InvitationLink } from './link.ts';
import { putNewLink } from './link-store.ts';
import { loadLink } from './load-link.ts';
import { isManager } from './manager.ts';
import { generalLinkId } from './member-link.ts';

/** The caller's own link of a type; there is one of each, and making it stores nothing (DEV-70). */
export async function ownGeneralLink(member: Member, type: AssociationType): Promise<InvitationLink> {
  const found = await loadLink(generalLinkId(member.id, type));
  if (!found) throw new Refusal(linkErrors.INVITATION_LINK_NOT_FOUND);
  return found.link;
}

/** A free tag, or a chosen account manager (DEV-72). */
export type LinkWish = { readonly associationType: AssociationType; readonly remarks?: string } & (
  | { readonly tagMode: 'customize'; readonly customTag: string }
  | { readonly tagMode: 'dedicated'; readonly accountManagerId: string }
);

/**
 * A custom link with a free tag, or for a chosen account manager, whose username is the tag then (DEV-72, DEV-73).
 * @throws Refusal ASSOCIATION_TYPE_NOT_ALLOWED, PREPAID_PARTNER, NOT_AN_ACCOUNT_MANAGER
 */
export async function createLink(
  wish: LinkWish,
  { member, standing }: { readonly member: Member; readonly standing: PartnerStanding },
  now: Instant,
): Promise<InvitationLink> {
  checkAssociationType(standing, wish.associationType);
  const tag =
    wish.tagMode === 'customize'
      ? wish.customTag
      : (await requireManager(member.partnerId, wish.accountManagerId)).username;
  const link: InvitationLink = {
    ...wish,
    linkId: newId('lnk', now),
    partnerId: member.partnerId,
    ownerMemberId: member.id,
    kind: 'custom',
    customTag: tag,
    createdAt: now,
  };
  await transact({ writes: [putNewLink(link)], trace: { after: link } });
  return (await loadLink(link.linkId))?.link ?? link;
}

async function requireManager(partnerId: string, memberId: string): Promise<MemberIdentity> {
  const manager = await loadMember(memberId);
  const fits = manager?.partnerId === partnerId && manager.status === 'normal' && isManager(manager);
  if (!fits) throw new Refusal(customerErrors.NOT_AN_ACCOUNT_MANAGER);
  return manager;
}
