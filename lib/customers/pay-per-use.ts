import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { controlWrites } from './control-change.ts';
import { batchIdOf, CONTROL_BATCH, type Controller, checkControlRequest } from './control-request.ts';
import { loadControlled } from './controlled.ts';
import type { Customer } from './customer.ts';
import { distinctCustomers, eachCustomer, type Outcome } from './each-customer.ts';
import { decidePayPerUse } from './freeze.ts';

export interface RestrictionWish {
  readonly customerIds: readonly string[];
  readonly reason: string;
  readonly restricted: boolean;
}

/** As `checkControlRequest`, for a partner that must be active: no exception of CUS-016 names this. @throws Refusal PARTNER_INACTIVE, too */
export function checkRestriction(
  request: Pick<RestrictionWish, 'customerIds' | 'reason'>,
  { status }: PartnerStanding,
): void {
  if (status !== 'active') throw new Refusal(sharedErrors.PARTNER_INACTIVE); // CUS-004
  checkControlRequest(request);
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
  checkRestriction({ customerIds, reason: wish.reason }, standing);
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
