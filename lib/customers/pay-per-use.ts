import type { Member } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { controlWrites } from './control-change.ts';
import { loadControlled } from './controlled.ts';
import type { Customer } from './customer.ts';
import { distinctCustomers, eachCustomer, type Outcome } from './each-customer.ts';
import { decidePayPerUse, requireReason } from './freeze.ts';

/** CUS-149: customers in one request of freezing, unfreezing or restricting. */
export const CONTROL_BATCH = 10;

/** What holds for a request as a whole, before anybody is asked for a code. @throws Refusal REASON_INVALID, BATCH_SIZE */
export function checkControlRequest({ customerIds, reason }: { customerIds: readonly string[]; reason: string }): void {
  requireReason(reason);
  distinctCustomers(customerIds, CONTROL_BATCH);
}

/** Who asks for a change of control. */
export interface Controller {
  readonly member: Member;
  readonly standing: PartnerStanding;
}

export interface RestrictionWish {
  readonly customerIds: readonly string[];
  readonly reason: string;
  readonly restricted: boolean;
}

/**
 * Forbids or allows new pay-per-use purchases without freezing (CUS-170 to CUS-172).
 * @throws Refusal PARTNER_INACTIVE, REASON_INVALID, BATCH_SIZE; what concerns one customer is its own outcome
 */
export async function restrictPayPerUse(
  { customerIds, ...wish }: RestrictionWish,
  { member, standing }: Controller,
  now: Instant,
): Promise<Outcome<{ customer: Customer }>[]> {
  if (standing.status !== 'active') throw new Refusal(sharedErrors.PARTNER_INACTIVE); // CUS-004: no exception names this
  requireReason(wish.reason);
  const distinct = distinctCustomers(customerIds, CONTROL_BATCH);
  const batchId = batchIdOf(distinct, now);
  return eachCustomer(distinct, member, ({ customerId }) =>
    redecide(async () => {
      const { customer, guards } = await loadControlled(customerId, standing);
      const change = decidePayPerUse(customer, { ...wish, batchId });
      await transact({
        writes: [...controlWrites(customer, change, standing.partnerId), ...guards],
        trace: { customerId, before: customer.control, after: change.after.control },
      });
      return { customer: change.after };
    }),
  );
}

/** What ties the records of one request together; a single customer needs nothing to be tied to. */
export const batchIdOf = (customerIds: readonly string[], now: Instant): string | undefined =>
  customerIds.length > 1 ? newId('bat', now) : undefined;
