import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { AssociationRecord } from './association-record.ts';
import { changeErrors } from './errors.ts';
import { type Party, requireCounterparty } from './party.ts';
import { loadRecord } from './record-store.ts';

/** The request as it is now, if it still waits for an answer. @throws Refusal NOT_FOUND, ALREADY_PROCESSED */
export async function loadPending(recordId: string): Promise<AssociationRecord> {
  const record = await loadRecord(recordId, { consistent: true });
  if (!record) throw new Refusal(sharedErrors.NOT_FOUND);
  requirePending(record);
  return record;
}

/** @throws Refusal ALREADY_PROCESSED */
function requirePending({ status }: AssociationRecord): void {
  if (status !== 'pending-confirmation') throw new Refusal(changeErrors.ALREADY_PROCESSED);
}

/** What is wrong with an answer whatever it is, before a code is asked for. @throws Refusal NOT_COUNTERPARTY, RESELLERS_CUSTOMER, ALREADY_PROCESSED */
export function examineAnswer(record: AssociationRecord, party: Party): void {
  requireCounterparty(record, party);
  requirePending(record);
}
