import { tokenHash } from '#lib/shared/secret-link.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { hasBegun, isOver } from '../links/campaign.ts';
import type { InvitationLink } from '../links/link.ts';
import { signedLink } from '../links/link-token.ts';
import { loadLink } from '../links/load-link.ts';
import { type Invitation, invitationAt } from './invitation.ts';
import { loadInvitation, loadToken } from './invitation-store.ts';

/** `current` is false for the token of a replaced mail and for a campaign that is over: LINK_EXPIRED without any change (DEV-63, DEV-77). */
export type ResolvedToken =
  | { readonly kind: 'invitation'; readonly invitation: Invitation; readonly current: boolean }
  | { readonly kind: 'link'; readonly link: InvitationLink; readonly current: boolean };

/** What a token from a URL opens at an instant; `undefined` where it leads nowhere: LINK_NOT_FOUND (DEV-53, DEV-76). */
export async function resolveToken(token: string, now: Instant): Promise<ResolvedToken | undefined> {
  const named = signedLink(token);
  return named ? resolveLink(named.linkId, named.customTag, now) : resolveMailed(token, now);
}

async function resolveMailed(token: string, now: Instant): Promise<ResolvedToken | undefined> {
  const sending = await loadToken(tokenHash(token));
  const invitation = sending && (await loadInvitation(sending.invitationId));
  if (!invitation || invitation.status === 'cancelled') return undefined;
  return {
    kind: 'invitation',
    invitation: invitationAt(invitation, now),
    current: sending.sendCount === invitation.sendCount,
  };
}

async function resolveLink(linkId: string, tag: string | undefined, now: Instant): Promise<ResolvedToken | undefined> {
  const found = await loadLink(linkId);
  if (found?.owner.status !== 'normal' || found.link.customTag !== tag) return undefined;
  const { link } = found;
  const standing = await loadStanding(link.partnerId);
  if (standing?.status !== 'active') return undefined;
  if (link.validFrom === undefined || link.validUntil === undefined) return { kind: 'link', link, current: true };
  const period = { validFrom: link.validFrom, validUntil: link.validUntil };
  return hasBegun(period, now) ? { kind: 'link', link, current: !isOver(period, now) } : undefined;
}
