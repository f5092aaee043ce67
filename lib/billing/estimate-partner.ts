import { type CustomerMonth, listMonth, usageCompleteThrough } from '#lib/expenditures/index.ts';
import { billIdOf } from './bill-id.ts';
import { loadBill } from './bill-store.ts';
import { bookVersion } from './book.ts';
import { assemble } from './breakdown/assemble.ts';
import { startBreakdown } from './breakdown/breakdown.ts';
import { type BreakdownOf, keepAside, keepSlice, loadAside, removeBreakdown } from './breakdown/breakdown-store.ts';
import { sumFigures } from './breakdown/figures.ts';
import { discountsKey } from './discount-store.ts';
import { addSums, type CustomerEstimate, estimateOf, NO_ESTIMATE } from './estimate.ts';
import { type EstimateWalk, sendEstimates } from './estimate-message.ts';
import { keepCustomerEstimate, keepEstimate, loadCustomerEstimates, loadEstimate } from './estimate-store.ts';
import { addFrozen, type Frozen, NOTHING, sameFrozen, sumOfRecords } from './frozen.ts';
import { RECORDS_AT_ONCE } from './parts.ts';
import { readAhead } from './read-ahead.ts';
import { type RulesFor, startSettling } from './settling.ts';

const CUSTOMERS_AT_ONCE = 100;

/**
 * Goes on with a partner's estimate: customers whose records and discounts are those of the last refresh keep their sums, the others are
 * settled anew, a bounded number of records at a time. Nothing is kept between messages but in them, so one that comes twice computes
 * the same again.
 */
export async function estimatePartner(walk: EstimateWalk): Promise<void> {
  const { partnerId, cycle, asOf } = walk;
  if (await loadBill(partnerId, cycle)) return; // FIN-67: until the issue
  if (walk.after === '' && !walk.open) await removeBreakdown(breakdownOf(walk)); // of a refresh at the same time
  const months = await nextMonths(walk);
  const first = months[0];
  if (!first) return finish(walk);
  const version = await bookVersion(discountsKey(partnerId));
  const range = { first: first.customerId, last: months.at(-1)?.customerId ?? first.customerId };
  const rulesFor = await startSettling({ partnerId, cycle, discountVersion: version, customers: range });
  const known = await loadCustomerEstimates(
    walk,
    months.map(({ customerId }) => customerId),
  );

  let { sums, after, open } = walk;
  let atMost = RECORDS_AT_ONCE;
  const breakdown = startBreakdown();
  for (const month of months) {
    const kept = open ? undefined : reusable(known.get(month.customerId), month, version);
    const begun = open ? await takenUp(walk, open) : begin(month.customerId);
    const estimate = kept ?? (await settleMore(walk, begun, rulesFor, atMost));
    if ('startKey' in estimate && estimate.startKey) {
      const { groups, startKey, ...rest } = estimate;
      await keepSlice(breakdownOf(walk), placeOf(walk), breakdown.result());
      await keepAside(breakdownOf(walk), asideOf(rest), groups);
      return sendEstimates([{ ...walk, sums, after, open: { ...rest, startKey } }]);
    }
    open = undefined;
    if (!kept) await keepCustomerEstimate(walk, { ...estimate, discountVersion: version }, asOf);
    const { customerId, groups } = estimate;
    breakdown.join({ groups, customers: [{ customerId, figures: sumFigures(groups.map(({ figures }) => figures)) }] });
    sums = addSums(sums, estimate.sums);
    after = month.customerId;
    atMost -= kept ? 0 : estimate.read.count;
    if (atMost <= 0) break;
  }
  await keepSlice(breakdownOf(walk), placeOf(walk), breakdown.result());
  const rest = { ...walk, sums, after, open: undefined };
  const all = months.length < CUSTOMERS_AT_ONCE && after === range.last;
  return all ? finish(rest) : sendEstimates([rest]);
}

/** The next customers that have records on the bill, the one in the middle of it first. */
async function nextMonths({ partnerId, cycle, after, open }: EstimateWalk): Promise<CustomerMonth[]> {
  const months: CustomerMonth[] = [];
  for await (const month of listMonth(partnerId, cycle, { first: open?.customerId ?? after, last: '~' })) {
    if (month.count === 0 || month.customerId === after) continue;
    months.push(month);
    if (months.length === CUSTOMERS_AT_ONCE) break;
  }
  return months;
}

const breakdownOf = ({ partnerId, cycle, asOf }: EstimateWalk): BreakdownOf => ({
  billId: billIdOf(partnerId, cycle),
  version: asOf,
});

/** The place of a message in its walk: slices named by it are in the order of their customers. */
const placeOf = ({ after, open }: EstimateWalk): string => `${after}#${String(open?.read.count ?? 0).padStart(9, '0')}`;
const asideOf = ({ customerId, read }: Pick<Progress, 'customerId' | 'read'>): string => `${customerId}#${read.count}`;

const reusable = (known: CustomerEstimate | undefined, month: Frozen, version: number): CustomerEstimate | undefined =>
  known && known.discountVersion === version && sameFrozen(known.read, month) ? known : undefined;

interface Progress extends Omit<CustomerEstimate, 'discountVersion'> {
  /** Where the customer goes on; `undefined` when all its records are in. */
  readonly startKey?: Record<string, unknown>;
}

const begin = (customerId: string): Progress => ({ customerId, read: NOTHING, sums: NO_ESTIMATE, groups: [] });

/** The customer in the middle of a walk; its groups are too many for a message and lie aside. */
const takenUp = async (walk: EstimateWalk, open: NonNullable<EstimateWalk['open']>): Promise<Progress> => ({
  ...open,
  groups: await loadAside(breakdownOf(walk), asideOf(open)),
});

async function settleMore(walk: EstimateWalk, from: Progress, rulesFor: RulesFor, atMost: number): Promise<Progress> {
  const { customerId } = from;
  const records = { partnerId: walk.partnerId, cycle: walk.cycle, customerIds: [customerId] };
  const groups = startBreakdown();
  groups.join(from);
  let progress = from;
  for await (const page of readAhead(records, { customer: 0, startKey: from.startKey }, atMost)) {
    const more = estimateOf(page.records, await rulesFor(page.records));
    groups.join(more);
    progress = {
      customerId,
      startKey: page.next?.startKey,
      read: addFrozen(progress.read, sumOfRecords(page.records)),
      sums: addSums(progress.sums, more.sums),
      groups: [],
    };
  }
  return { ...progress, groups: groups.result().groups };
}

/** A partner without any record has no estimate; its bill reads as zeros (FIN-16). */
async function finish(walk: EstimateWalk): Promise<void> {
  const { partnerId, cycle, asOf, after, sums } = walk;
  if (after === '') return;
  const before = await loadEstimate(walk);
  await assemble(breakdownOf(walk));
  await keepEstimate({ partnerId, cycle, sums, asOf, usageCompleteThrough: await usageCompleteThrough() });
  if (before && before.asOf !== asOf) {
    const [older = asOf] = [before.asOf, asOf].toSorted();
    await removeBreakdown({ ...breakdownOf(walk), version: older });
  }
}
