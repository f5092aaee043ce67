import { accountManagerAssigned } from '#events/customers.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { type MemberIdentity, memberUnchanged } from '#lib/shared/identities.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import type { Association, Customer } from '../customer.ts';
import { loadCustomer, replaceCustomer } from '../customer-store.ts';
import { distinctCustomers, eachCustomer, type Outcome } from '../each-customer.ts';
import { isOfPartner } from '../of-partner.ts';
import {
  type AssignmentSide,
  type AssignmentStep,
  decideAssignment,
  presentManager,
  withManager,
} from './assignment.ts';
import { appendFact, putAssignment, resumeAssignment } from './assignment-store.ts';
import { requireManager } from './eligible.ts';

/** CUS-183, CUS-195: customers in one request of assigning or unassigning. */
const ASSIGNMENT_BATCH = 100;

export interface AssignmentState {
  readonly memberId: string;
  readonly endsAt?: Instant;
}

interface AssignmentWish {
  readonly memberId: string;
  readonly side: AssignmentSide;
}

/** @throws Refusal BATCH_SIZE */
export const checkAssignmentBatch = (customerIds: readonly string[]): string[] =>
  distinctCustomers(customerIds, ASSIGNMENT_BATCH);

/**
 * Gives customers to one account manager, each succeeding or failing alone (CUS-183, CUS-195).
 * @throws Refusal BATCH_SIZE, NOT_AN_ACCOUNT_MANAGER; what concerns one customer is its own outcome
 */
export async function assignManagerToEach(
  customerIds: readonly string[],
  wish: AssignmentWish,
  acting: Member,
  now: Instant,
): Promise<Outcome<AssignmentState>[]> {
  const distinct = checkAssignmentBatch(customerIds);
  await requireManager(acting, wish.memberId);
  return eachCustomer(distinct, acting, ({ customerId }) => assignManager(customerId, wish, acting, now));
}

/**
 * Gives a customer to an account manager, at once (CUS-186). Two at once are decided one after the other; a manager who is locked or
 * loses the role meanwhile gets nobody (CUS-184).
 * @throws Refusal CUSTOMER_NOT_FOUND, NOT_AN_ACCOUNT_MANAGER, ALREADY_ASSIGNED
 */
export async function assignManager(
  customerId: string,
  { memberId, side }: AssignmentWish,
  acting: Member,
  now: Instant,
): Promise<AssignmentState> {
  await redecide(async () => {
    const { customer, association } = await requireOwnCustomer(customerId, acting.partnerId);
    const manager = await requireManager(acting, memberId);
    const step = decideAssignment(presentManager(association, acting.partnerId), memberId, side);
    if (step !== 'none') await commitStep(step, { customer, association, manager }, acting, now);
  });
  return { memberId };
}

interface Facts {
  readonly customer: Customer;
  readonly association: Association;
  readonly manager: MemberIdentity;
}

async function commitStep(
  step: Exclude<AssignmentStep, 'none'>,
  { customer, association, manager }: Facts,
  { id: by, partnerId }: Member,
  now: Instant,
): Promise<void> {
  const { customerId, accountName } = customer;
  const { memberId } = manager;
  const former = presentManager(association, partnerId);
  const after = withAssociation(customer, withManager(association, partnerId, { memberId }));
  const kind = step === 'resume' ? 'unassignment-cancelled' : 'assigned';
  const formerMemberId = step === 'change' ? former?.memberId : undefined;
  const detail = { customerId, accountName, partnerId, memberId, formerMemberId, assignedBy: by, assignedAt: now };
  await transact({
    writes: [
      replaceCustomer(customer, after),
      storedStep(step, customerId, partnerId, memberId, now),
      appendFact(after, partnerId, { kind, memberId, at: now, by }),
      memberUnchanged(manager),
    ],
    // Who goes on with a customer is told nothing new.
    events: step === 'resume' ? [] : [event(accountManagerAssigned, detail, now)],
    trace: { partnerId, customerId, before: former ?? null, after: { memberId } },
  });
}

const storedStep = (
  step: AssignmentStep,
  customerId: string,
  partnerId: string,
  memberId: string,
  now: Instant,
): Write =>
  step === 'resume'
    ? resumeAssignment(customerId, partnerId, memberId)
    : putAssignment(customerId, partnerId, memberId, now);

/** The customer as it is now, if it still is the partner's. @throws Refusal CUSTOMER_NOT_FOUND */
export async function requireOwnCustomer(
  customerId: string,
  partnerId: string,
): Promise<{ customer: Customer; association: Association }> {
  const customer = await loadCustomer(customerId, { consistent: true });
  if (!customer?.association || !isOfPartner(partnerId, customer)) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
  return { customer, association: customer.association };
}

export const withAssociation = (customer: Customer, association: Association): Customer => ({
  ...customer,
  association,
  version: customer.version + 1,
});
