import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type AssociationRecord, ended } from './association-record.ts';
import { releasePending } from './pair-store.ts';
import { type Party, requireCounterparty } from './party.ts';
import { loadPending } from './pending-record.ts';
import { replaceRecord } from './record-store.ts';
import { requestProcessed } from './request-events.ts';

/** The association goes on as it was. @throws Refusal NOT_COUNTERPARTY, RESELLERS_CUSTOMER, ALREADY_PROCESSED */
export async function rejectRequest(recordId: string, party: Party, now: Instant): Promise<AssociationRecord> {
  return redecide(async () => {
    const record = await loadPending(recordId);
    requireCounterparty(record, party);
    const after = ended(record, { status: 'rejected', by: party.id }, now);
    await transact({
      writes: [replaceRecord(record, after), releasePending(record)],
      events: [requestProcessed(after, 'rejected', now)],
      trace: { partnerId: record.partnerId, customerId: record.customerId, before: record, after },
    });
    return after;
  });
}
