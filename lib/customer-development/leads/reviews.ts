import { manualReviewsDue } from '#events/leads.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { event } from '#lib/shared/outbox.ts';
import { atBusinessTime, businessDayOf, dayPlus, type Instant, instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { Lead } from './lead.ts';
import { listReviews, loadLeads } from './lead-store.ts';

export type ReviewDue = 'later' | 'today' | 'overdue';

export interface DueReview {
  readonly lead: Lead;
  readonly due: ReviewDue;
}

const EVER = instant('9999-12-31T00:00:00Z');

/** DEV-47: overdue from the very instant; a late review is flagged, never decided by itself. */
function dueOf(dueAt: string, now: Instant): ReviewDue {
  if (dueAt <= now) return 'overdue';
  return dueAt < endOfDay(now) ? 'today' : 'later';
}

/** Leads that wait for an operator, the one due first leading. */
export async function listManualReviews(
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
  now: Instant,
): Promise<{ reviews: DueReview[]; nextKey?: Record<string, unknown> }> {
  const { leadIds, nextKey } = await listReviews(EVER, page);
  const leads = await loadLeads(leadIds);
  // The index follows a moment after the leads.
  const reviews = leads.flatMap((lead) =>
    lead.status === 'pending-review' && lead.review ? [{ lead, due: dueOf(lead.review.dueAt, now) }] : [],
  );
  return { reviews, nextKey };
}

/** DEV-199: tells operators once a day how many reviews are due today or overdue; a second run of the day says nothing new. */
export async function remindManualReviews(dueAt: Instant): Promise<void> {
  const counted = { today: 0, overdue: 0, later: 0 };
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await listReviews(endOfDay(dueAt), { limit: 100, startKey });
    for (const lead of await loadLeads(page.leadIds)) {
      if (lead.status === 'pending-review' && lead.review) counted[dueOf(lead.review.dueAt, dueAt)] += 1;
    }
    startKey = page.nextKey;
  } while (startKey);
  if (counted.today + counted.overdue === 0) return;
  const day = businessDayOf(dueAt);
  const detail = { day, dueToday: counted.today, overdue: counted.overdue };
  await transact({
    writes: [],
    events: [event(manualReviewsDue, detail, dueAt, derivedId('evt', 'manual-reviews', day))],
  });
}

const endOfDay = (now: Instant): Instant => atBusinessTime(dayPlus(businessDayOf(now), 1), '00:00:00');
