import { accountManagerUnassigned } from '#events/customers.ts';
import type { Member } from '#lib/shared/actor.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { replaceCustomer } from '../customer-store.ts';
import { eachCustomer, type Outcome } from '../each-customer.ts';
import { type AssignmentState, checkAssignmentBatch, requireOwnCustomer, withAssociation } from './assign.ts';
import { decideUnassignment, presentManager, withManager } from './assignment.ts';
import { appendFact, endAssignmentAt } from './assignment-store.ts';

/**
 * Takes customers from an account manager from the 1st of the next month on (CUS-197 to CUS-200), each succeeding or failing alone.
 * @throws Refusal BATCH_SIZE; what concerns one customer is its own outcome
 */
export async function unassignFromEach(
  customerIds: readonly string[],
  memberId: string,
  acting: Member,
  now: Instant,
): Promise<Outcome<AssignmentState>[]> {
  const of = { partnerId: acting.partnerId, memberId, by: acting.id };
  return eachCustomer(checkAssignmentBatch(customerIds), acting, ({ customerId }) => unassign(customerId, of, now));
}

interface Unassignment {
  readonly partnerId: string;
  readonly memberId: string;
  readonly by: string;
  /** Joined to the change: what made it necessary still holds. */
  readonly guard?: Write;
}

/** @throws Refusal CUSTOMER_NOT_FOUND, NOT_ASSIGNED */
export async function unassign(
  customerId: string,
  { partnerId, memberId, by, guard }: Unassignment,
  now: Instant,
): Promise<AssignmentState> {
  return redecide(async () => {
    const { customer, association } = await requireOwnCustomer(customerId, partnerId);
    const present = presentManager(association, partnerId);
    const endsAt = decideUnassignment(present, memberId, now);
    if (present?.endsAt !== undefined) return { memberId, endsAt };
    const after = withAssociation(customer, withManager(association, partnerId, { memberId, endsAt }));
    const detail = { customerId, accountName: customer.accountName, partnerId, memberId, endsAt, requestedAt: now };
    await transact({
      writes: [
        replaceCustomer(customer, after),
        endAssignmentAt(customerId, partnerId, memberId, endsAt),
        appendFact(after, partnerId, { kind: 'unassigned', memberId, at: now, by, endsAt }),
        ...(guard ? [guard] : []),
      ],
      events: [event(accountManagerUnassigned, detail, now)],
      trace: { partnerId, customerId, before: { memberId }, after: { memberId, endsAt } },
    });
    return { memberId, endsAt };
  });
}
