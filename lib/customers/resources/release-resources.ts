import { customerResourcesReleased } from '#events/customer-resources.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { Customer } from '../customer.ts';
import { loadCustomer, replaceCustomer } from '../customer-store.ts';
import { noteRelease, overdueRelease } from './retention.ts';
import { named } from './retention-event.ts';
import { sweepRetentions } from './retention-store.ts';

/**
 * Tells the platform that a retention is over. Joined to every unfreezing too: one that comes after the end, but before the job, brings
 * nothing back either (CUS-167).
 */
export function releaseEvents(before: Customer, now: Instant): OutgoingEvent[] {
  const retentionUntil = overdueRelease(before.control, now);
  return retentionUntil === undefined
    ? []
    : [event(customerResourcesReleased, { ...named(before), retentionUntil }, now)];
}

/** CUS-259: notes the releases that are due, each by itself. One unfrozen in time is not among them any more. */
export const releaseFrozenResources = (dueAt: Instant): Promise<void> =>
  sweepRetentions({ before: dueAt, included: true }, (customerId) => releaseOne(customerId, dueAt));

const releaseOne = (customerId: string, now: Instant): Promise<void> =>
  redecide(async () => {
    const before = await loadCustomer(customerId, { consistent: true });
    const releasedAt = before && overdueRelease(before.control, now);
    if (!before || !releasedAt) return;
    const after = noteRelease(before, releasedAt);
    await transact({
      aside: true,
      writes: [replaceCustomer(before, after)],
      events: releaseEvents(before, now),
      trace: { partnerId: before.association?.partnerId, customerId, before: before.control, after: after.control },
    });
  });
