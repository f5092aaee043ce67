import { Refusal } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { expenditureErrors } from './errors.ts';
import { countDeliveries } from './ingest.ts';
import { requireEntry } from './quarantine.ts';
import { closeEntry, type QuarantineEntry } from './quarantine-store.ts';
import type { ReceiptKind } from './receipt.ts';

const COUNTED: readonly ReceiptKind[] = ['counted', 'late', 'duplicate'];

/**
 * Takes a quarantined record in again and closes its entry; an entry released before is answered as it stands.
 * @throws Refusal NOT_FOUND, RELEASE_REFUSED
 */
export async function releaseEntry(entryId: string, operatorId: string, now: Instant): Promise<QuarantineEntry> {
  const entry = await requireEntry(entryId);
  if (entry.status === 'released') return entry;
  if (entry.cut) throw new Refusal(expenditureErrors.RELEASE_REFUSED, { reason: entry.code }, entry.reasons);

  // The mark is the entry's, so that a repeat after a crash finds its own record and not a duplicate.
  const [receipt] = await countDeliveries([{ raw: JSON.parse(entry.raw), mark: `release:${entryId}` }], now);
  if (!receipt || !COUNTED.includes(receipt.receipt)) {
    throw new Refusal(expenditureErrors.RELEASE_REFUSED, { reason: receipt?.code }, receipt?.reasons);
  }
  await close(entry, operatorId, receipt.receipt, now);
  return requireEntry(entryId);
}

async function close(entry: QuarantineEntry, operatorId: string, outcome: ReceiptKind, now: Instant): Promise<void> {
  try {
    await transact({
      writes: [closeEntry(entry, operatorId, outcome, now)],
      trace: { before: { entryId: entry.entryId, code: entry.code }, after: { outcome } },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // somebody else released it in this moment
  }
}
