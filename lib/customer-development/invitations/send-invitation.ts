import type { AssociationType } from '#lib/customers/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { checkAssociationType } from '../leads/checks.ts';
import { leadErrors } from '../leads/errors.ts';
import { type Lead, leadAt } from '../leads/lead.ts';
import { leadVisibility } from '../leads/lead-scope.ts';
import { leadUnchanged, loadLead } from '../leads/lead-store.ts';
import { isInDataScope } from './data-scope.ts';
import { eachOf, type ItemOutcome } from './each-of.ts';
import { invitationErrors } from './errors.ts';
import { type Invitation, isRepeat, isSendable } from './invitation.ts';
import { loadInvitation } from './invitation-store.ts';
import { invitationWrites, loadInvitationOfLead } from './invitation-writes.ts';

export interface Inviting {
  readonly member: Member;
  readonly standing: PartnerStanding;
}

/**
 * Invites leads by e-mail, each succeeding or failing alone (DEV-56).
 * @throws Refusal ASSOCIATION_TYPE_NOT_ALLOWED, PREPAID_PARTNER for all of them
 */
export async function inviteByEmail(
  leadIds: readonly string[],
  type: AssociationType,
  { member, standing }: Inviting,
  now: Instant,
): Promise<ItemOutcome<Invitation>[]> {
  checkAssociationType(standing, type);
  return eachOf(leadIds, (leadId) =>
    redecide(async () => {
      const lead = await requireLead(leadId, member);
      return sendOnce(lead, type, await loadInvitationOfLead(leadId), { member, now });
    }),
  );
}

/** Sends e-mailed invitations again, each in its own model (DEV-65 to DEV-68). */
export const resendInvitations = (
  invitationIds: readonly string[],
  { member, standing }: Inviting,
  now: Instant,
): Promise<ItemOutcome<Invitation>[]> =>
  eachOf(invitationIds, (invitationId) =>
    redecide(async () => {
      const before = await requireInvitation(invitationId, member);
      const { leadId } = before;
      if (!leadId || !isSendable(before)) throw new Refusal(invitationErrors.RESEND_NOT_SUPPORTED); // DEV-65, DEV-68
      checkAssociationType(standing, before.associationType);
      const lead = await loadLead(leadId);
      if (!lead) throw new Refusal(leadErrors.PREREGISTRATION_NOT_ACTIVE);
      return sendOnce(lead, before.associationType, before, { member, now });
    }),
  );

/**
 * Sends, unless the same was sent within the minute: then that is the answer (DEV-63).
 * @throws Refusal PREREGISTRATION_NOT_ACTIVE (DEV-54, DEV-66), RESEND_NOT_SUPPORTED
 */
async function sendOnce(
  lead: Lead,
  type: AssociationType,
  before: Invitation | undefined,
  { member, now }: { readonly member: Member; readonly now: Instant },
): Promise<Invitation> {
  if (before && isRepeat(before, type, now)) return before;
  if (leadAt(lead, now).status !== 'pre-registered') throw new Refusal(leadErrors.PREREGISTRATION_NOT_ACTIVE);
  if (before && !isSendable(before)) throw new Refusal(invitationErrors.RESEND_NOT_SUPPORTED); // claimed by an account
  const { writes, events, invitation } = invitationWrites(lead, type, member, now, before);
  const { invitationId, sendCount } = invitation;
  await transact({
    writes: [...writes, leadUnchanged(lead)],
    events,
    trace: {
      before: before && { associationType: before.associationType, sendCount: before.sendCount },
      after: { invitationId, leadId: lead.leadId, associationType: type, sendCount },
    },
  });
  return invitation;
}

async function requireLead(leadId: string, member: Member): Promise<Lead> {
  const lead = await loadLead(leadId);
  if (!lead || !(await leadVisibility(member)(lead))) throw new Refusal(leadErrors.LEAD_NOT_FOUND);
  return lead;
}

async function requireInvitation(invitationId: string, member: Member): Promise<Invitation> {
  const invitation = await loadInvitation(invitationId);
  if (!invitation || !(await isInDataScope(member, { ...invitation, by: invitation.sentBy })))
    throw new Refusal(invitationErrors.INVITATION_NOT_FOUND);
  return invitation;
}
