import { resellerAssociationFailed, resellerInvitationExpired } from '#events/resellers.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { removeApplicant } from './applicant-store.ts';
import { resellerErrors } from './errors.ts';
import { ended, type ResellerInvitation, statusAt } from './invitation.ts';
import { loadResellerInvitation, replaceInvitation } from './invitation-store.ts';

/**
 * ONB-140: the account gives a restricted association up and may buy again, or choose another program. Again, or after the link has
 * ended, it changes nothing.
 * @throws Refusal ASSOCIATION_UNDER_WAY while it is being checked
 */
export async function giveUpAssociation(known: ResellerInvitation, now: Instant): Promise<ResellerInvitation> {
  return redecide(async () => {
    const before = (await loadResellerInvitation(known.invitationId)) ?? known;
    if (before.status === 'in-progress') throw new Refusal(resellerErrors.ASSOCIATION_UNDER_WAY);
    if (before.application?.accountId !== known.application?.accountId) return known;
    if (statusAt(before, now) !== 'restricted') return before;
    return end(before, 'given-up', now);
  });
}

/** DEV-197: marks an invitation whose link has ended; one that goes on, or was marked before, stays as it is. */
export async function expireInvitation(invitationId: string, now: Instant): Promise<void> {
  await redecide(async () => {
    const before = await loadResellerInvitation(invitationId);
    if (before && before.status !== 'expired' && statusAt(before, now) === 'expired') await end(before, 'expired', now);
  });
}

async function end(
  before: ResellerInvitation,
  cause: 'given-up' | 'expired',
  now: Instant,
): Promise<ResellerInvitation> {
  const { invitationId, distributorId } = before;
  const accountId = before.status === 'restricted' ? before.application?.accountId : undefined;
  const after = ended(before, cause);
  await transact({
    writes: [replaceInvitation(before, after), ...(accountId ? [removeApplicant(accountId, invitationId)] : [])],
    events: eventsOf(before, accountId, cause, now),
    trace: {
      partnerId: distributorId,
      before: { invitationId, status: before.status },
      after: { status: after.status },
    },
  });
  return after;
}

function eventsOf(
  { invitationId, distributorId, expiresAt }: ResellerInvitation,
  accountId: string | undefined,
  cause: 'given-up' | 'expired',
  now: Instant,
): OutgoingEvent[] {
  const failed = accountId
    ? [event(resellerAssociationFailed, { invitationId, distributorId, accountId, cause, failedAt: now }, now)]
    : [];
  const expired =
    cause === 'expired' ? [event(resellerInvitationExpired, { invitationId, distributorId, expiresAt }, now)] : [];
  return [...failed, ...expired];
}
