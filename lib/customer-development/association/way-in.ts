import { Refusal } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Invitation } from '../invitations/invitation.ts';
import { loadInvitation } from '../invitations/invitation-store.ts';
import { type ResolvedToken, resolveToken } from '../invitations/resolve-token.ts';
import { normaliseEmail } from '../leads/lead.ts';
import { linkStateOf } from './entry.ts';
import { associationErrors } from './errors.ts';
import { failRow } from './fail.ts';

/** What a token opens that still counts. @throws Refusal LINK_NOT_FOUND, LINK_EXPIRED (a replaced mail, a campaign that is over) */
export async function requireTarget(token: string, now: Instant): Promise<ResolvedToken> {
  const target = await resolveToken(token, now);
  if (!target) throw new Refusal(associationErrors.LINK_NOT_FOUND);
  if (!target.current) throw new Refusal(associationErrors.LINK_EXPIRED); // DEV-63, DEV-108: the row is not touched
  return target;
}

/**
 * The target of somebody who tries to come in with an address, by registering or logging in.
 * @throws Refusal EMAIL_MISMATCH (DEV-87, without using up the link), LINK_USED; LINK_EXPIRED, which fails the row (DEV-108)
 */
export async function requireWayIn(token: string, email: string, now: Instant): Promise<ResolvedToken> {
  const target = await requireTarget(token, now);
  if (target.kind === 'link') return target;
  const { invitation } = target;
  if (normaliseEmail(invitation.email ?? '') !== email) throw new Refusal(associationErrors.EMAIL_MISMATCH);
  const state = linkStateOf(invitation, now);
  if (state === 'used') throw new Refusal(associationErrors.LINK_USED);
  if (state === 'expired') {
    await failExpired(invitation, now);
    throw new Refusal(associationErrors.LINK_EXPIRED);
  }
  return target;
}

/** DEV-108: the row of an expired current link that somebody tries becomes Association failed with that cause. */
async function failExpired({ invitationId, sendCount }: Invitation, now: Instant): Promise<void> {
  await redecide(async () => {
    const row = await loadInvitation(invitationId);
    const current = row?.sendCount === sendCount && linkStateOf(row, now) === 'expired';
    if (!row || !current || row.status === 'cancelled' || row.failure?.code === 'LINK_EXPIRED') return;
    await failRow(row, 'LINK_EXPIRED', now);
  });
}
