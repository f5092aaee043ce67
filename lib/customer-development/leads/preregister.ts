import { preRegistrationCreated, preRegistrationRefused } from '#events/leads.ts';
import type { Refusal } from '#lib/shared/errors.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { Invitation } from '../invitations/invitation.ts';
import { invitationWrites } from '../invitations/invitation-writes.ts';
import { admittedPartner, originOf, type Registrant, reasonsAgainstWish } from './admission.ts';
import { refusalFor } from './checks.ts';
import { type Lead, type LeadWish, preregister } from './lead.ts';
import { putNewLead } from './lead-store.ts';
import { traceOf } from './lead-trace.ts';
import { takePlace } from './place-store.ts';
import type { Reasons } from './reasons.ts';
import { claimEmail } from './reservation.ts';

export interface PreregistrationWish extends LeadWish {
  /** DEV-44. */
  readonly sendInvitation: boolean;
}

export interface Preregistered {
  readonly lead: Lead;
  readonly invitation?: Invitation;
}

/**
 * Pre-registers a customer (DEV-21 to DEV-44): lead, claim on the address, place and invitation leave together. Whoever loses a race
 * decides again and meets the winner (DEV-39).
 * @throws Refusal those of DEV-218
 */
export async function preregisterCustomer(
  { sendInvitation, ...wish }: PreregistrationWish,
  registrant: Registrant,
  now: Instant,
): Promise<Preregistered> {
  const partner = await admittedPartner(registrant, wish);
  return redecide(async () => {
    const reasons = await reasonsAgainstWish(wish, partner, now);
    await refuseFor(reasons, wish, registrant, now);
    const { member } = registrant;
    const lead = preregister(wish, originOf(member, now), now);
    const sending = sendInvitation ? invitationWrites(lead, lead.associationType, member, now) : undefined;
    await transact({
      writes: [putNewLead(lead), claimEmail(lead, now), takePlace(lead), ...(sending?.writes ?? [])],
      events: [created(lead, now), ...(sending?.events ?? [])],
      trace: { after: traceOf(lead) },
    });
    return { lead, invitation: sending?.invitation };
  });
}

/** Told to the caller and, without naming the customer, to whoever counts refusals. */
export async function refuseFor(
  reasons: Reasons,
  wish: LeadWish,
  { member: { id: memberId, partnerId } }: Registrant,
  now: Instant,
): Promise<void> {
  const refusal: Refusal | undefined = refusalFor(reasons, wish);
  if (!refusal) return;
  const detail = { partnerId, memberId, hard: [...reasons.hard], reviewable: [...reasons.reviewable], refusedAt: now };
  await transact({ aside: true, writes: [], events: [event(preRegistrationRefused, detail, now)] });
  throw refusal;
}

function created(lead: Lead, now: Instant): OutgoingEvent {
  const { leadId, partnerId, associationType, createdBy, accountManagerId, expiresAt = now } = lead;
  const detail = { leadId, partnerId, associationType, createdBy, accountManagerId, preregisteredAt: now, expiresAt };
  return event(preRegistrationCreated, detail, now);
}
