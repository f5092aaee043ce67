import { invitationSent } from '#events/invitations.ts';
import type { AssociationType } from '#lib/customers/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { linkToken, tokenHash } from '#lib/shared/secret-link.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { InvitationLink } from '../links/link.ts';
import { managerAmong } from '../links/manager.ts';
import {
  asAssociated,
  asCancelled,
  asFailed,
  claimBy,
  type Invitation,
  type InvitationFailure,
  type InvitedAccount,
  type InvitedLead,
  invitationIdOf,
  registerThroughLink,
  sendTo,
} from './invitation.ts';
import { loadInvitation, notInvited, putInvitation, putToken } from './invitation-store.ts';

/** What a sending's link opens; the same for the mail that carries it and the hash that finds it. */
export const sendingOf = (invitationId: string, sendCount: number): string => `invitation:${invitationId}:${sendCount}`;

/**
 * Everything that makes a sending true: the row, the hash of its token, the event that the mail follows from (DEV-44, DEV-61 to DEV-63).
 * @param before the row of an earlier sending, which this one replaces
 */
export function invitationWrites(
  lead: InvitedLead,
  type: AssociationType,
  member: Member,
  now: Instant,
  before?: Invitation,
): { writes: Write[]; events: OutgoingEvent[]; invitation: Invitation } {
  const sender = { memberId: member.id, accountManagerId: managerAmong(member) };
  const invitation = sendTo(lead, type, sender, now, before);
  const { invitationId, partnerId, sendCount, expiresAt = now } = invitation;
  const hash = tokenHash(linkToken(sendingOf(invitationId, sendCount)));
  return {
    invitation,
    writes: [putInvitation(invitation, before), putToken(hash, invitation)],
    events: [
      event(
        invitationSent,
        { invitationId, partnerId, sendCount, leadId: lead.leadId, associationType: type, sentAt: now, expiresAt },
        now,
        derivedId('evt', invitationId, String(sendCount)), // one mail per sending (DEV-200)
      ),
    ],
  };
}

export const loadInvitationOfLead = (leadId: string): Promise<Invitation | undefined> =>
  loadInvitation(invitationIdOf(leadId));

/**
 * Joined to the deletion of a lead: its open or claimed invitation is cancelled (DEV-53). Also holds that it was not invited meanwhile,
 * which would leave a link that opens.
 */
export function cancelInvitationWrites(leadId: string, invitation: Invitation | undefined): Write[] {
  if (!invitation) return [notInvited(invitationIdOf(leadId))];
  const over = invitation.status === 'associated' || invitation.status === 'cancelled';
  return over ? [] : [putInvitation(asCancelled(invitation), invitation)];
}

/** An account claims the token of an e-mail, or registers through a link: then it gets a row of its own (DEV-62, DEV-191). */
export const registeredWrites = (of: Invitation | InvitationLink, account: InvitedAccount, now: Instant): Write[] =>
  'invitationId' in of
    ? [putInvitation(claimBy(of, account, now), of)]
    : [putInvitation(registerThroughLink(of, account, now))];

export const invitationAssociatedWrites = (before: Invitation, now: Instant): Write[] => [
  putInvitation(asAssociated(before, now), before),
];

/** DEV-93: the first failing cause, with its advice. */
export const invitationFailedWrites = (
  before: Invitation,
  failure: Omit<InvitationFailure, 'at'>,
  now: Instant,
): Write[] => [putInvitation(asFailed(before, failure, now), before)];
