import type { Actor } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { transact } from '#lib/shared/transaction.ts';
import { isRecordVisible } from './record-scope.ts';
import { loadRecords } from './record-store.ts';

export const REVEALABLE_RECORD_FIELDS = ['customerName', 'mobileNumber'] as const;

/**
 * One field of one record, or one column of a page, in clear, as it was at the time of the request: also of a customer that has left since.
 * A trace names whose field was shown to whom, before it is (ORD-06, CUS-049).
 * @throws Refusal NOT_FOUND when any of them is not visible to the caller
 */
export async function revealRecordField(
  actor: Actor,
  recordIds: readonly string[],
  field: (typeof REVEALABLE_RECORD_FIELDS)[number],
): Promise<{ recordId: string; value: string | null }[]> {
  const distinct = [...new Set(recordIds)];
  const records = await loadRecords(distinct);
  const visible = await Promise.all(records.map((record) => isRecordVisible(actor, record)));
  if (records.length !== distinct.length || visible.includes(false)) throw new Refusal(sharedErrors.NOT_FOUND);
  await transact({ writes: [], trace: { after: { field, recordIds: distinct } } });
  return records.map((record) => ({ recordId: record.recordId, value: record[field] ?? null }));
}
