import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import type { Terms } from '../bill.ts';
import { billIdOf } from '../bill-id.ts';
import { CannotBill } from '../cannot-bill.ts';
import { type PartMessage, sendPartners, sendParts } from '../messages.ts';
import { billsHeld } from '../original-bills.ts';
import { movePart, type Part, partUnchanged } from '../part-store.ts';
import { countCollected, loadPartnerRun } from '../partner-run-store.ts';
import { START } from '../position.ts';
import { candidatePuts, listCandidateKeys, removeCandidates } from './candidate-store.ts';
import { type CollectedSlice, collectSlice } from './collect-slice.ts';

/** How often records that do not add up are read anew before the partner is parked. */
const MOST_RESTARTS = 5;
const PAGES_AT_ONCE = 90;

/**
 * Goes through the next slice of a part before it is settled, and keeps what the coupons need to see (FIN-166). As with settling, the
 * candidates, the position behind them and the count of the part are one transaction.
 */
export async function collectPart(stored: Part, terms: Terms, couponsAsOf: Instant): Promise<void> {
  const { cycle, partnerId, revision } = stored;
  const message: PartMessage = { cycle, partnerId, revision, part: stored.part };
  const part = stored.state === 'clearing' ? await clear(stored) : stored;
  const slice = await sliceOf(part, terms, couponsAsOf);
  if (!(await committed(part, slice))) return; // another invocation was faster and goes on
  if (!slice.last) return sendParts([message]);
  await reportWhenAllAreCollected(message);
}

async function sliceOf(part: Part, terms: Terms, couponsAsOf: Instant): Promise<CollectedSlice> {
  try {
    return await collectSlice(part, terms, couponsAsOf, billsHeld(part));
  } catch (error) {
    if (!(error instanceof CannotBill) || part.position.customer + part.position.read.count === 0) throw error;
    const restarts = part.restarts + 1;
    await transact({ aside: true, writes: [movePart(part, { state: 'clearing', restarts })] });
    throw restarts < MOST_RESTARTS ? error : new CannotBill(error.code, error.message);
  }
}

async function committed(part: Part, { buckets, position, last }: CollectedSlice): Promise<boolean> {
  const candidates = await candidatePuts(billIdOf(part.partnerId, part.cycle, part.revision), part, buckets);
  const change = last ? { position: START, collected: true } : { position };
  try {
    await transact({
      aside: true,
      writes: [movePart(part, change), ...(last ? [countCollected(part)] : []), ...candidates],
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed && error.failures.has(0)) return false;
    throw error;
  }
}

/** Removes the candidates of a part whose records did not add up. */
async function clear(part: Part): Promise<Part> {
  const billId = billIdOf(part.partnerId, part.cycle, part.revision);
  for (;;) {
    const keys = await listCandidateKeys(billId, part.part, PAGES_AT_ONCE);
    if (keys.length === 0) break;
    await transact({ aside: true, writes: [partUnchanged(part), ...keys.map(removeCandidates)] });
  }
  const cleared = { state: 'open', position: START } as const;
  await transact({ aside: true, writes: [movePart(part, cleared)] });
  return { ...part, ...cleared, version: part.version + 1 };
}

/** The part that comes in last lets the coupons go on; a repeated message of any part does so too. */
export async function reportWhenAllAreCollected({ cycle, partnerId }: PartMessage): Promise<void> {
  const run = await loadPartnerRun(cycle, partnerId);
  if (run?.state === 'generating' && run.partsCollected === run.parts) await sendPartners([{ cycle, partnerId }]);
}
