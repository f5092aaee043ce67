import { preRegistrationReviewed } from '#events/leads.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import { refusalFor } from './checks.ts';
import { leadErrors } from './errors.ts';
import { approveReview, type Lead, type ReviewDecision, rejectReview } from './lead.ts';
import { loadLeadFacts } from './lead-facts.ts';
import { loadLead, replaceLead } from './lead-store.ts';
import { traceOf } from './lead-trace.ts';
import { datePlace, freePlace, loadPlaces } from './place-store.ts';
import { placeOf } from './places.ts';
import { reasonsAgainst } from './reasons.ts';
import { dateClaim, liveReservation, releaseWrites } from './reservation.ts';

export interface DecisionWish {
  readonly decision: ReviewDecision;
  /** A rejection has one (DEV-50). */
  readonly comment?: string;
}

/**
 * Decides a manual review (DEV-48 to DEV-50); of two decisions at once the first stands.
 * @throws Refusal LEAD_NOT_FOUND, REVIEW_NOT_PENDING, and for an approval the codes of the hard reasons, which leave the lead pending
 */
export async function reviewLead(leadId: string, wish: DecisionWish, operatorId: string, now: Instant): Promise<Lead> {
  return redecide(async () => {
    const lead = await loadLead(leadId, { consistent: true });
    if (!lead) throw new Refusal(leadErrors.LEAD_NOT_FOUND);
    if (lead.status !== 'pending-review' || !lead.review) throw new Refusal(leadErrors.REVIEW_NOT_PENDING);
    const decided = { decidedBy: operatorId, comment: wish.comment };
    const after =
      wish.decision === 'approve'
        ? approveReview(lead, lead.review, decided, now)
        : rejectReview(lead, lead.review, decided, now);
    await transact({
      writes: [replaceLead(lead, after), ...(await effectsOf(wish.decision, lead, after, now))],
      events: [reviewed(after, wish, now)],
      trace: { partnerId: lead.partnerId, before: traceOf(lead), after: traceOf(after) },
    });
    return { ...after, version: lead.version + 1 };
  });
}

async function effectsOf(decision: ReviewDecision, before: Lead, after: Lead, now: Instant): Promise<Write[]> {
  if (decision === 'reject') return [freePlace(before), ...(await releaseWrites(before))];
  await refuseHard(before, now);
  const places = await loadPlaces(before.partnerId);
  if (!places.includes(placeOf(before))) throw new ConditionFailed(new Map()); // decided by somebody else since it was read
  return [dateClaim(after), datePlace(places, before, after)];
}

/** DEV-48: what came up since the request and cannot be waived. */
async function refuseHard(lead: Lead, now: Instant): Promise<void> {
  const partner = await loadPartner(lead.partnerId);
  if (!partner) throw new Refusal(sharedErrors.PARTNER_NOT_FOUND);
  const facts = await loadLeadFacts(lead.email, partner, await liveReservation(lead.email, now));
  const { hard } = reasonsAgainst(facts, now);
  const refusal = refusalFor({ hard, reviewable: [] }, lead);
  if (refusal) throw refusal;
}

function reviewed(lead: Lead, { decision, comment }: DecisionWish, now: Instant): OutgoingEvent {
  const { leadId, partnerId, createdBy, expiresAt } = lead;
  const detail = { leadId, partnerId, createdBy, decision, comment, decidedAt: now, expiresAt };
  return event(preRegistrationReviewed, detail, now);
}
