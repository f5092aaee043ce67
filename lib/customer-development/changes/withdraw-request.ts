import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type AssociationRecord, ended } from './association-record.ts';
import { releasePending } from './pair-store.ts';
import { type Party, requireInitiator } from './party.ts';
import { loadPending } from './pending-record.ts';
import { replaceRecord } from './record-store.ts';

/** ORD-32: who asked takes it back; the cool-down goes on (ORD-24). @throws Refusal NOT_INITIATOR, RESELLERS_CUSTOMER, ALREADY_PROCESSED */
export async function withdrawRequest(recordId: string, party: Party, now: Instant): Promise<AssociationRecord> {
  return redecide(async () => {
    const record = await loadPending(recordId);
    requireInitiator(record, party);
    const after = ended(record, { status: 'canceled', by: party.id }, now);
    await transact({
      writes: [replaceRecord(record, after), releasePending(record)],
      trace: { partnerId: record.partnerId, customerId: record.customerId, before: record, after },
    });
    return after;
  });
}
