import {
  activeAssociation,
  type Customer,
  endAssociationWrites,
  loadCustomer,
  managingPartner,
} from '#lib/customers/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { type AssociationRecord, ended } from './association-record.ts';
import { changeErrors } from './errors.ts';
import { newRecord } from './new-record.ts';
import { loadPair, nothingPending, type Pair, releasePending } from './pair-store.ts';
import { requireReason } from './reason.ts';
import { loadRecord, putNewRecord, replaceRecord } from './record-store.ts';
import { requestCreated, requestProcessed } from './request-events.ts';

/** @throws Refusal NOT_ASSOCIATED, WRONG_ASSOCIATION_TYPE, REASON_REQUIRED */
function examine(customer: Customer, reason: string) {
  const association = activeAssociation(customer);
  if (!association) throw new Refusal(changeErrors.NOT_ASSOCIATED);
  if (association.type !== 'referral') throw new Refusal(changeErrors.WRONG_ASSOCIATION_TYPE);
  requireReason(reason);
  return association;
}

/**
 * An operator ends the association of a referral customer that wants to leave (ORD-34). A change of type that still waits for an answer
 * is canceled with it: there is nothing left to change.
 * @throws Refusal NOT_ASSOCIATED, WRONG_ASSOCIATION_TYPE, REASON_REQUIRED
 */
export async function endForCustomer(
  customerId: string,
  reason: string,
  operatorId: string,
  now: Instant,
): Promise<AssociationRecord> {
  return redecide(async () => {
    const customer = await loadCustomer(customerId, { consistent: true });
    if (!customer) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
    const association = examine(customer, reason);
    const pair = await loadPair({ partnerId: managingPartner(association), customerId });
    const asked = { purpose: 'disassociation', status: 'completed', reason, processedBy: operatorId } as const;
    const party = { side: 'customer', id: customerId } as const;
    const record = newRecord(customer, association, party, asked, now);
    const ending = endAssociationWrites(customer, { recordId: record.recordId, initiatedBy: 'customer' }, now);
    await transact({
      writes: [...putNewRecord(record), ...(await cancelWrites(pair, operatorId, now)), ...ending.writes],
      events: [requestCreated(record, now), requestProcessed(record, 'agreed', now), ...ending.events],
      trace: { partnerId: record.partnerId, customerId, before: association, after: record },
    });
    return record;
  });
}

async function cancelWrites(pair: Pair, operatorId: string, now: Instant): Promise<Write[]> {
  const pending = pair.pendingId === undefined ? undefined : await loadRecord(pair.pendingId, { consistent: true });
  if (!pending) return [nothingPending(pair)];
  return [replaceRecord(pending, ended(pending, { status: 'canceled', by: operatorId }, now)), releasePending(pending)];
}
