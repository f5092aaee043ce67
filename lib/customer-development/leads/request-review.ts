import { Refusal } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { workingDaysAfter } from '#lib/shared/working-days.ts';
import { admittedPartner, originOf, type Registrant, reasonsAgainstWish } from './admission.ts';
import { leadErrors } from './errors.ts';
import { holidaysFrom } from './holiday-store.ts';
import { type Lead, type LeadWish, submitForReview } from './lead.ts';
import { putNewLead } from './lead-store.ts';
import { traceOf } from './lead-trace.ts';
import { takePlace } from './place-store.ts';
import { refuseFor } from './preregister.ts';
import { claimEmail } from './reservation.ts';

const REVIEW_WORKING_DAYS = 2; // DEV-47

export interface ReviewWish extends LeadWish {
  readonly justification: string;
}

/**
 * Asks an operator to judge a lead that only reviewable reasons stand against (DEV-45, DEV-46). It keeps address and place from now on.
 * @throws Refusal REVIEW_NOT_NEEDED, and those of DEV-218
 */
export async function requestManualReview(
  { justification, ...wish }: ReviewWish,
  registrant: Registrant,
  now: Instant,
): Promise<Lead> {
  const partner = await admittedPartner(registrant, wish);
  const dueAt = workingDaysAfter(now, REVIEW_WORKING_DAYS, await holidaysFrom(now));
  return redecide(async () => {
    const reasons = await reasonsAgainstWish(wish, partner, now);
    if (reasons.hard.length > 0) await refuseFor(reasons, wish, registrant, now);
    if (reasons.reviewable.length === 0) throw new Refusal(leadErrors.REVIEW_NOT_NEEDED);
    const review = { reasons: reasons.reviewable, justification, dueAt };
    const lead = submitForReview(wish, originOf(registrant.member, now), review, now);
    await transact({
      writes: [putNewLead(lead), claimEmail(lead, now), takePlace(lead)],
      trace: { after: traceOf(lead) },
    });
    return lead;
  });
}
