import { loadPartner, type Partner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { resellerErrors } from './errors.ts';
import { type ResellerInvitation, statusAt } from './invitation.ts';
import { followLink } from './link.ts';

/**
 * What a link leads to; looking changes nothing.
 * @throws Refusal RESELLER_INVITATION_NOT_FOUND, INVITATION_EXPIRED, INVITATION_USED
 */
export async function openInvitation(
  token: string,
  now: Instant,
): Promise<{ invitation: ResellerInvitation; distributor: Partner }> {
  const link = await followLink(token);
  const distributor = link && (await loadPartner(link.invitation.distributorId));
  if (!link || !distributor) throw new Refusal(resellerErrors.RESELLER_INVITATION_NOT_FOUND);
  const { invitation, current } = link;
  const status = statusAt(invitation, now);
  if (status === 'associated' || status === 'given-up') throw new Refusal(resellerErrors.INVITATION_USED);
  if (!current || status === 'expired') throw new Refusal(resellerErrors.INVITATION_EXPIRED);
  return { invitation, distributor };
}
