import { linkToken, tokenHash } from '#lib/shared/secret-link.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import type { ResellerInvitation } from './invitation.ts';
import { loadResellerInvitation, loadToken } from './invitation-store.ts';

type Sending = Pick<ResellerInvitation, 'invitationId' | 'sendCount'>;

/** What the token of a sending is derived from, while the mail leaves; each has one of its own. */
export const linkPurposeOf = ({ invitationId, sendCount }: Sending): string =>
  `reseller-invitation:${invitationId}:${sendCount}`;

/** All that is stored of a token. */
export const tokenHashOf = (sending: Sending): string => tokenHash(linkToken(linkPurposeOf(sending)));

export interface FollowedLink {
  readonly invitation: ResellerInvitation;
  /** Not replaced by a later sending (DEV-117). */
  readonly current: boolean;
}

/** What a token opens; `undefined` for a made-up one, and while the distributor is not active. */
export async function followLink(token: string): Promise<FollowedLink | undefined> {
  const sending = await loadToken(tokenHash(token));
  const invitation = sending && (await loadResellerInvitation(sending.invitationId));
  if (!invitation) return undefined;
  const distributor = await loadStanding(invitation.distributorId);
  if (distributor?.status !== 'active') return undefined;
  return { invitation, current: sending.sendCount === invitation.sendCount };
}
