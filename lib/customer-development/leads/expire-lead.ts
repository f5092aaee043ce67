import { preRegistrationExpired } from '#events/leads.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type Lead, leadAt } from './lead.ts';
import { loadLead, replaceLead } from './lead-store.ts';
import { traceOf } from './lead-trace.ts';
import { freePlace } from './place-store.ts';
import { releaseWrites } from './reservation.ts';

/**
 * Persists that a lead has lapsed: status, place, reservation and event together (DEV-197). Nothing waits for it, since everybody
 * compares times (DEV-07); a second run, an early one and one for a lead that went another way change nothing.
 */
export async function expireLead(leadId: string, now: Instant): Promise<void> {
  await redecide(async () => {
    const lead = await loadLead(leadId, { consistent: true });
    if (!lead?.expiresAt || lead.status !== 'pre-registered' || leadAt(lead, now).status !== 'expired') return;
    await commitExpiry(lead, lead.expiresAt, now);
  });
}

async function commitExpiry(lead: Lead, expiredAt: Instant, now: Instant): Promise<void> {
  const { leadId, partnerId, createdBy } = lead;
  const after = leadAt(lead, now);
  await transact({
    // Also runs on the way of a request that needs the place; the request's own change comes after it.
    aside: true,
    writes: [replaceLead(lead, after), freePlace(lead), ...(await releaseWrites(lead))],
    events: [event(preRegistrationExpired, { leadId, partnerId, createdBy, expiredAt }, now)],
    trace: { operation: 'expire-leads', partnerId, before: traceOf(lead), after: traceOf(after) },
  });
}
