import { type CustomerMonth, listMonth, usageCompleteThrough } from '#lib/expenditures/index.ts';
import { loadBill } from './bill-store.ts';
import { bookVersion } from './book.ts';
import { discountsKey } from './discount-store.ts';
import { addSums, type CustomerEstimate, type EstimateSums, estimateOf, NO_ESTIMATE } from './estimate.ts';
import { type EstimateWalk, sendEstimates } from './estimate-message.ts';
import { keepCustomerEstimate, keepEstimate, loadCustomerEstimates } from './estimate-store.ts';
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
  for (const month of months) {
    const kept = open ? undefined : reusable(known.get(month.customerId), month, version);
    const progress = kept ? undefined : await settleMore(walk, open ?? begin(month.customerId), rulesFor, atMost);
    if (progress?.startKey)
      return sendEstimates([{ ...walk, sums, after, open: { ...progress, startKey: progress.startKey } }]);
    open = undefined;
    if (progress) await keepCustomerEstimate(walk, { ...progress, discountVersion: version }, asOf);
    sums = addSums(sums, kept ?? progress?.sums ?? NO_ESTIMATE);
    after = month.customerId;
    atMost -= progress?.read.count ?? 0;
    if (atMost <= 0) break;
  }
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

const reusable = (known: CustomerEstimate | undefined, month: Frozen, version: number): EstimateSums | undefined =>
  known && known.discountVersion === version && sameFrozen(known.read, month) ? known.sums : undefined;

interface Progress {
  readonly customerId: string;
  /** Where the customer goes on; `undefined` when all its records are in. */
  readonly startKey?: Record<string, unknown>;
  readonly read: Frozen;
  readonly sums: EstimateSums;
}

const begin = (customerId: string): Progress => ({ customerId, read: NOTHING, sums: NO_ESTIMATE });

async function settleMore(walk: EstimateWalk, from: Progress, rulesFor: RulesFor, atMost: number): Promise<Progress> {
  const { customerId } = from;
  const records = { partnerId: walk.partnerId, cycle: walk.cycle, customerIds: [customerId] };
  let progress = from;
  for await (const page of readAhead(records, { customer: 0, startKey: from.startKey }, atMost)) {
    progress = {
      customerId,
      startKey: page.next?.startKey,
      read: addFrozen(progress.read, sumOfRecords(page.records)),
      sums: addSums(progress.sums, estimateOf(page.records, await rulesFor(page.records))),
    };
  }
  return progress;
}

/** A partner without any record has no estimate; its bill reads as zeros (FIN-16). */
async function finish({ partnerId, cycle, asOf, after, sums }: EstimateWalk): Promise<void> {
  if (after === '') return;
  await keepEstimate({ partnerId, cycle, sums, asOf, usageCompleteThrough: await usageCompleteThrough() });
}
