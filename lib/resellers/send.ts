import { resellerAssociationFailed, resellerInvited } from '#events/resellers.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import { type Commit, transact, type Write } from '#lib/shared/transaction.ts';
import { removeApplicant } from './applicant-store.ts';
import { resellerErrors } from './errors.ts';
import { requireInvitable } from './invitable.ts';
import { invitationIdOf, newInvitation, type ResellerInvitation, sentAgain, statusAt } from './invitation.ts';
import { loadResellerInvitation, putNewInvitation, putToken, replaceInvitation } from './invitation-store.ts';
import { tokenHashOf } from './link.ts';

/** Within it a repeated invitation is a double click (as DEV-63). */
const REPEAT_SECONDS = 60;

/** The distributor's member who sends. */
export interface Sender {
  readonly member: Member;
  readonly standing: PartnerStanding;
}

/**
 * DEV-114 to DEV-116: invites the company behind an address. An address that was invited before gets a new link in the same row.
 * @throws Refusal PARTNER_INACTIVE, ALREADY_RESELLER, REGION_NOT_AUTHORIZED, PLATFORM_UNAVAILABLE
 */
export async function inviteReseller(sender: Sender, email: string, now: Instant): Promise<ResellerInvitation> {
  const { id: memberId, partnerId: distributorId } = requireActive(sender);
  await requireInvitable(distributorId, email);
  return redecide(async () => {
    const before = await loadResellerInvitation(invitationIdOf(distributorId, email));
    if (!before) return sendFirst(newInvitation({ distributorId, email, sentBy: memberId }, now), now);
    return isRepeat(before, now) ? before : sendAgain(before, memberId, now);
  });
}

/**
 * DEV-117: sends one invitation again.
 * @throws Refusal RESELLER_INVITATION_NOT_FOUND, ALREADY_RESELLER, REGION_NOT_AUTHORIZED, PLATFORM_UNAVAILABLE
 */
export async function resendInvitation(
  member: Member,
  invitationId: string,
  now: Instant,
): Promise<ResellerInvitation> {
  const known = await requireOwn(member, invitationId);
  if (known.status !== 'associated') await requireInvitable(known.distributorId, known.email);
  return redecide(async () => sendAgain(await requireOwn(member, invitationId), member.id, now));
}

/** A distributor that is frozen or has left recruits nobody. @throws Refusal PARTNER_INACTIVE */
export function requireActive({ member, standing }: Sender): Member {
  if (standing.status !== 'active') throw new Refusal(sharedErrors.PARTNER_INACTIVE);
  return member;
}

/** Another distributor's is not found (ORG-18). */
async function requireOwn({ partnerId }: Member, invitationId: string): Promise<ResellerInvitation> {
  const invitation = await loadResellerInvitation(invitationId);
  if (invitation?.distributorId !== partnerId) throw new Refusal(resellerErrors.RESELLER_INVITATION_NOT_FOUND);
  return invitation;
}

const isRepeat = (before: ResellerInvitation, now: Instant): boolean =>
  statusAt(before, now) === 'invited' && now < plus(before.sentAt, { seconds: REPEAT_SECONDS });

async function sendFirst(invitation: ResellerInvitation, now: Instant): Promise<ResellerInvitation> {
  await transact(sending([putNewInvitation(invitation)], [], invitation, now));
  return invitation;
}

async function sendAgain(before: ResellerInvitation, memberId: string, now: Instant): Promise<ResellerInvitation> {
  if (before.status === 'associated') throw new Refusal(resellerErrors.ALREADY_RESELLER); // DEV-117
  const after = sentAgain(before, memberId, now);
  const { writes, events } = endOfAttempt(before, now);
  await transact(sending([replaceInvitation(before, after), ...writes], events, after, now));
  return after;
}

/** ONB-32: a restricted association ends with its link, and with it the block of purchases. */
function endOfAttempt(before: ResellerInvitation, now: Instant): { writes: Write[]; events: OutgoingEvent[] } {
  const { invitationId, distributorId, application, status } = before;
  if (status !== 'restricted' || !application) return { writes: [], events: [] };
  const { accountId } = application;
  const detail = { invitationId, distributorId, accountId, cause: 'replaced' as const, failedAt: now };
  return {
    writes: [removeApplicant(accountId, invitationId)],
    events: [event(resellerAssociationFailed, detail, now)],
  };
}

/** Invitation, hash of its link and the event that the mail follows from, together or not at all; one mail per sending (DEV-200). */
function sending(
  writes: readonly Write[],
  events: readonly OutgoingEvent[],
  after: ResellerInvitation,
  now: Instant,
): Commit {
  const { invitationId, distributorId, sendCount, sentAt, expiresAt, email } = after;
  const detail = { invitationId, distributorId, sendCount, sentAt, expiresAt };
  const eventId = derivedId('evt', resellerInvited.name, invitationId, String(sendCount));
  return {
    writes: [...writes, putToken(tokenHashOf(after), after)],
    events: [...events, event(resellerInvited, detail, now, eventId)],
    trace: { partnerId: distributorId, after: { invitationId, email, sendCount, expiresAt } },
  };
}
