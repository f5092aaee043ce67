import { closeBudgetWrites } from '#lib/budgets/index.ts';
import {
  type Association,
  activeAssociation,
  type Customer,
  changeTypeWrites,
  endAssociationWrites,
  loadCustomer,
} from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type AssociationRecord, ended } from './association-record.ts';
import { checksAtAgreement } from './blocking-checks.ts';
import { changeErrors } from './errors.ts';
import { loadBlockingFacts, requirePassed } from './load-facts.ts';
import { releasePending } from './pair-store.ts';
import { type Party, requireCounterparty } from './party.ts';
import { loadPending } from './pending-record.ts';
import { replaceRecord } from './record-store.ts';
import { requestProcessed } from './request-events.ts';
import { requireChangeable, requireModel } from './request-type-change.ts';

type Change = Pick<ReturnType<typeof endAssociationWrites>, 'writes' | 'events'>;

/**
 * Agrees: what was asked for happens now, in the same transaction (ORD-43, ORD-44). What stands in the way leaves the request pending.
 * @throws Refusal NOT_COUNTERPARTY, RESELLERS_CUSTOMER, ALREADY_PROCESSED, CHECK_FAILED (ORD-41) and those of the model asked for
 */
export async function agreeToRequest(recordId: string, party: Party, now: Instant): Promise<AssociationRecord> {
  return redecide(async () => {
    const record = await loadPending(recordId);
    requireCounterparty(record, party);
    const customer = await loadCustomer(record.customerId, { consistent: true });
    const association = customer && activeAssociation(customer);
    if (!customer || association?.since !== record.associatedSince) throw new Refusal(changeErrors.ALREADY_PROCESSED);
    const change = await decide(record, customer, association, now);
    const closing = await closeBudgetWrites(customer, now);
    const after = ended(record, { status: 'completed', by: party.id }, now);
    await transact({
      writes: [replaceRecord(record, after), releasePending(record), ...change.writes, ...closing],
      events: [requestProcessed(after, 'agreed', now), ...change.events],
      trace: { partnerId: record.partnerId, customerId: record.customerId, before: association, after },
    });
    return after;
  });
}

async function decide(
  { purpose, recordId, initiatedBy, newAssociationType }: AssociationRecord,
  customer: Customer,
  association: Association,
  now: Instant,
): Promise<Change> {
  switch (purpose) {
    case 'disassociation': {
      const facts = await loadBlockingFacts(customer, { lastRequests: {} });
      requirePassed(checksAtAgreement(initiatedBy, facts, now));
      return endAssociationWrites(customer, { recordId, initiatedBy }, now);
    }
    case 'association-type-change': {
      if (newAssociationType === undefined) throw new TypeError(`${recordId} names no type`);
      await requireModel(association, newAssociationType);
      await requireChangeable(customer, association, newAssociationType, now);
      return changeTypeWrites(customer, { type: newAssociationType, recordId }, now);
    }
    case 'association':
      throw new TypeError(`${recordId}: an association is recorded when it has come about`);
  }
}
