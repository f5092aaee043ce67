import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import type { Terms } from './bill.ts';
import { billIdOf } from './bill-id.ts';
import { listSliceKeys, removeSlice, slicePuts } from './breakdown/breakdown-store.ts';
import { CannotBill } from './cannot-bill.ts';
import { collectPart, reportWhenAllAreCollected } from './coupons/collect-part.ts';
import { listPageKeys, putPage, removePage } from './line-page-store.ts';
import { type PartMessage, sendPartners, sendParts } from './messages.ts';
import { billsHeld } from './original-bills.ts';
import { loadPart, movePart, type Part, partUnchanged } from './part-store.ts';
import { countPart, loadPartnerRun } from './partner-run-store.ts';
import { START } from './position.ts';
import { type Slice, settleSlice } from './slice.ts';
import { join, NO_LINES } from './totals.ts';

/** How often lines that do not add up are read anew before the partner is parked. */
const MOST_RESTARTS = 5;
const PAGES_AT_ONCE = 90;

/**
 * Settles the next slice of a part: its lines, the position behind them and, with the last slice, the count of the part are written in
 * one transaction. So a message that comes twice, late or at the same time as another changes nothing that is settled.
 */
export async function settlePart(message: PartMessage): Promise<void> {
  const [run, stored] = await Promise.all([
    loadPartnerRun(message.cycle, message.partnerId),
    loadPart({ revision: 1, ...message }),
  ]);
  if (!run?.terms || !stored) throw new Error(`part ${message.part} of ${message.partnerId} was not planned`);
  if (stored.revision !== run.revision) return; // a message of a bill that was voided since
  const { couponsAsOf } = run.terms;
  if (couponsAsOf !== undefined && run.couponsCovered === undefined) {
    return stored.collected ? reportWhenAllAreCollected(message) : collectPart(stored, run.terms, couponsAsOf);
  }
  const part = stored.state === 'clearing' ? await clear(stored) : stored;
  if (part.state !== 'done') {
    const slice = await sliceOf(part, run.terms);
    if (!(await committed(part, slice))) return; // another invocation was faster and goes on
    if (!slice.last) return sendParts([message]);
  }
  await reportWhenAllAreIn(message);
}

async function sliceOf(part: Part, terms: Terms): Promise<Slice> {
  try {
    return await settleSlice(part, terms, billsHeld(part));
  } catch (error) {
    if (!(error instanceof CannotBill) || part.totals.count === 0) throw error;
    // Lines of this customer are written already: they go before it is read anew.
    const restarts = part.restarts + 1;
    await transact({ aside: true, writes: [movePart(part, { state: 'clearing', restarts })] });
    throw restarts < MOST_RESTARTS ? error : new CannotBill(error.code, error.message);
  }
}

async function committed(part: Part, slice: Slice): Promise<boolean> {
  const billId = billIdOf(part.partnerId, part.cycle, part.revision);
  const totals = join(part.totals, slice.totals);
  const state = slice.last ? 'done' : 'open';
  const sums = await slicePuts(
    { billId, version: 'issued' },
    `${sliceName(part)}${String(part.version).padStart(9, '0')}`,
    slice.breakdown,
  );
  try {
    await transact({
      aside: true,
      writes: [
        movePart(part, { state, position: slice.position, totals }),
        ...(slice.last ? [countPart(part, totals)] : []),
        ...slice.pages.map((page) => putPage(billId, page)),
        ...sums,
      ],
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed && error.failures.has(0)) return false;
    throw error;
  }
}

/** Removes the pages and sums of a part whose lines did not add up; its customers lie side by side, and so do its pages. */
async function clear(part: Part): Promise<Part> {
  const billId = billIdOf(part.partnerId, part.cycle, part.revision);
  const customers = { first: part.customers[0]?.customerId ?? '', last: part.customers.at(-1)?.customerId ?? '' };
  for (;;) {
    const keys = await listPageKeys(billId, customers, PAGES_AT_ONCE);
    if (keys.length === 0) break;
    await transact({ aside: true, writes: [partUnchanged(part), ...keys.map((key) => removePage(billId, key))] });
  }
  for (;;) {
    const keys = await listSliceKeys({ billId, version: 'issued' }, sliceName(part), PAGES_AT_ONCE);
    if (keys.length === 0) break;
    await transact({ aside: true, writes: [partUnchanged(part), ...keys.map(removeSlice)] });
  }
  const cleared = { state: 'open', position: START, totals: NO_LINES } as const;
  await transact({ aside: true, writes: [movePart(part, cleared)] });
  return { ...part, ...cleared, version: part.version + 1 };
}

/** Parts have their customers in order, and so do their slices; a part's version grows with each. */
const sliceName = ({ part }: Part): string => `${String(part).padStart(6, '0')}#`;

/** The part that comes in last lets the partner go on; a repeated message of any part does so too. */
async function reportWhenAllAreIn({ cycle, partnerId }: PartMessage): Promise<void> {
  const run = await loadPartnerRun(cycle, partnerId);
  if (run?.state === 'generating' && run.partsDone === run.parts) await sendPartners([{ cycle, partnerId }]);
}
