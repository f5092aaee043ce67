import { customerRetentionEnding } from '#events/customer-resources.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { customerUnchanged, loadCustomer } from '../customer-store.ts';
import { endingOn, pendingRelease, WARNING_DAYS } from './retention.ts';
import { named } from './retention-event.ts';
import { sweepRetentions } from './retention-store.ts';

type DaysLeft = (typeof WARNING_DAYS)[number];

/** CUS-158, CUS-260: warns of the retentions that end 7, 3 and 1 days after the day of `dueAt`. */
export async function warnRetentionEnd(dueAt: Instant): Promise<void> {
  for (const daysLeft of WARNING_DAYS) {
    await sweepRetentions(endingOn(dueAt, daysLeft), (customerId) => warnOne(customerId, daysLeft, dueAt));
  }
}

/** The id of the event follows from what it warns of, so that a second run warns nobody twice. */
const warnOne = (customerId: string, daysLeft: DaysLeft, dueAt: Instant): Promise<void> =>
  redecide(async () => {
    const customer = await loadCustomer(customerId, { consistent: true });
    const retentionUntil = customer && pendingRelease(customer.control);
    if (!customer || !retentionUntil) return; // unfrozen since the index was written
    const detail = { ...named(customer), retentionUntil, daysLeft, warnedAt: dueAt };
    const id = derivedId('evt', 'retention-ending', customerId, retentionUntil, `${daysLeft}`);
    await transact({
      aside: true,
      writes: [customerUnchanged(customer)],
      events: [event(customerRetentionEnding, detail, dueAt, id)],
    });
  });
