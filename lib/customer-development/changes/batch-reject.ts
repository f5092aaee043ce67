import type { Member } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { AssociationRecord } from './association-record.ts';
import { changeErrors } from './errors.ts';
import { partyOf } from './party.ts';
import { isRecordVisible } from './record-scope.ts';
import { loadRecord } from './record-store.ts';
import { rejectRequest } from './reject-request.ts';

const MOST = 100;

export type Rejection =
  | { readonly recordId: string; readonly done: AssociationRecord }
  | { readonly recordId: string; readonly refused: Refusal };

/** ORD-40; duplicates count once. @throws Refusal RECORD_BATCH_SIZE */
export function distinctRecords(recordIds: readonly string[]): string[] {
  const distinct = [...new Set(recordIds)];
  if (distinct.length < 1 || distinct.length > MOST) throw new Refusal(changeErrors.RECORD_BATCH_SIZE);
  return distinct;
}

/** Rejects requests one after the other, each succeeding or failing alone (ORD-39, ORD-40). @throws Refusal RECORD_BATCH_SIZE */
export async function batchReject(recordIds: readonly string[], member: Member, now: Instant): Promise<Rejection[]> {
  const results: Rejection[] = [];
  for (const recordId of distinctRecords(recordIds)) results.push(await attempt(recordId, member, now));
  return results;
}

async function attempt(recordId: string, member: Member, now: Instant): Promise<Rejection> {
  const record = await loadRecord(recordId, { consistent: true });
  try {
    if (!record || !(await isRecordVisible(member, record))) throw new Refusal(sharedErrors.NOT_FOUND); // ORD-08
    return { recordId, done: await rejectRequest(recordId, partyOf(member), now) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    // The request as a whole succeeds, so the refusal of this one is traced here.
    const { code } = error.definition;
    await transact({ writes: [], trace: { outcome: 'refused', code, after: { recordId } }, aside: true });
    return { recordId, refused: error };
  }
}
