import type { Member } from '#lib/shared/actor.ts';
import { newId } from '#lib/shared/ids.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { distinctCustomers } from './each-customer.ts';
import { requireReason } from './freeze.ts';

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

/** What ties the records of one request together; a single customer needs nothing to be tied to. */
export const batchIdOf = (customerIds: readonly string[], now: Instant): string | undefined =>
  customerIds.length > 1 ? newId('bat', now) : undefined;
