import {
  type Association,
  type Customer,
  customerUnchanged,
  endAssociationWrites,
  loadCustomer,
  managingPartner,
} from '#lib/customers/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { AssociationRecord } from './association-record.ts';
import { checksOf } from './blocking-checks.ts';
import { requireMayAsk } from './check-disassociation.ts';
import { changeErrors } from './errors.ts';
import { loadBlockingFacts, requirePassed } from './load-facts.ts';
import { newRecord } from './new-record.ts';
import { claimPending, loadPair, nothingPending, type Pair, startCoolDown } from './pair-store.ts';
import { type Party, requireAssociation } from './party.ts';
import { requireReason } from './reason.ts';
import { putNewRecord } from './record-store.ts';
import { requestCreated } from './request-events.ts';

export interface DisassociationWish {
  readonly acknowledged?: boolean;
  readonly reason?: string;
}

/**
 * What is wrong with a request whatever the checks say, before a code is asked for (ORG-173).
 * @throws Refusal NOT_ASSOCIATED, RESELLERS_CUSTOMER, WRONG_ASSOCIATION_TYPE, NOT_ACKNOWLEDGED, REASON_REQUIRED, REQUEST_PENDING
 */
export async function examineWish(
  customer: Customer,
  wish: DisassociationWish,
  party: Party,
): Promise<{ association: Association; pair: Pair }> {
  const association = requireAssociation(customer, party);
  requireMayAsk(association, party);
  if (wish.acknowledged !== true) throw new Refusal(changeErrors.NOT_ACKNOWLEDGED); // ORD-27
  if (party.side === 'partner') requireReason(wish.reason); // ORD-28
  const pair = await loadPair({ partnerId: managingPartner(association), customerId: customer.customerId });
  if (pair.pendingId !== undefined) throw new Refusal(changeErrors.REQUEST_PENDING); // ORD-31: before the checks
  return { association, pair };
}

/**
 * Asks to end an association. In the reseller model the other side has to agree (ORD-29), in the referral model it ends at once (ORD-30).
 * @throws Refusal CHECK_FAILED, those of `examineWish` and of the account registry
 */
export async function requestDisassociation(
  customerId: string,
  wish: DisassociationWish,
  party: Party,
  now: Instant,
): Promise<AssociationRecord> {
  return redecide(async () => {
    const customer = await loadCustomer(customerId, { consistent: true });
    if (!customer) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
    const { association, pair } = await examineWish(customer, wish, party);
    requirePassed(checksOf(party.side, await loadBlockingFacts(customer, pair), now));
    const atOnce = association.type === 'referral';
    const asked = {
      purpose: 'disassociation',
      status: atOnce ? 'completed' : 'pending-confirmation',
      acknowledged: true,
      reason: party.side === 'partner' ? wish.reason : undefined,
    } as const;
    const record = newRecord(customer, association, party, asked, now);
    await (atOnce ? commitEnd : commitRequest)({ customer, pair, record }, now);
    return record;
  });
}

interface Decided {
  /** As the checks saw it: under its version (ORD-26). */
  readonly customer: Customer;
  readonly pair: Pair;
  readonly record: AssociationRecord;
}

async function commitRequest({ customer, pair, record }: Decided, now: Instant): Promise<void> {
  await transact({
    writes: [
      ...putNewRecord(record),
      claimPending(record),
      startCoolDown(pair, record.initiatedBy, now),
      customerUnchanged(customer),
    ],
    events: [requestCreated(record, now)],
    trace: { partnerId: record.partnerId, customerId: record.customerId, after: record },
  });
}

async function commitEnd({ customer, pair, record }: Decided, now: Instant): Promise<void> {
  const { initiatedBy, recordId, partnerId, customerId } = record;
  const ending = endAssociationWrites(customer, { recordId, initiatedBy }, now);
  await transact({
    writes: [...putNewRecord(record), nothingPending(pair), startCoolDown(pair, initiatedBy, now), ...ending.writes],
    events: [requestCreated(record, now), ...ending.events],
    trace: { partnerId, customerId, before: customer.association, after: record },
  });
}
