import type { Instant } from '#lib/shared/time.ts';
import { type InvitationStatus, invitationIdOf, type ResellerInvitation, statusAt } from './invitation.ts';
import { listInvitations, loadResellerInvitation } from './invitation-store.ts';

export interface InvitationFilter {
  /** The whole address, in any case; there is at most one invitation of it. */
  readonly email?: string;
  readonly status?: InvitationStatus;
}

interface Page {
  readonly invitations: readonly ResellerInvitation[];
  readonly nextKey?: Record<string, unknown>;
}

/** A distributor's invitations, newest first (DEV-117). */
export async function listResellerInvitations(
  distributorId: string,
  { email, status }: InvitationFilter,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
  now: Instant,
): Promise<Page> {
  if (email === undefined) return listInvitations(distributorId, status && { is: status, at: now }, page);
  const invitation = await loadResellerInvitation(invitationIdOf(distributorId, email));
  const wanted = invitation && (status === undefined || statusAt(invitation, now) === status);
  return { invitations: wanted ? [invitation] : [] };
}
