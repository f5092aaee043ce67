import { billEstimateRefreshed } from '#events/bill-estimates.ts';
import { getItem, getItems, type Item, type Key, queryAll } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import { pack, unpack } from './breakdown/packed.ts';
import type { CustomerEstimate, Estimate, EstimateSums } from './estimate.ts';
import type { Frozen } from './frozen.ts';

/** An item of DynamoDB holds 400 KB. */
const BYTES_OF_GROUPS = 380_000;

type OfPartner = Pick<Estimate, 'partnerId' | 'cycle'>;

const partition = ({ partnerId, cycle }: OfPartner): string => `ESTIMATE#${partnerId}#${cycle}`;
const headerKey = (of: OfPartner): Key => ({ pk: partition(of), sk: 'HEADER' });
const customerKey = (of: OfPartner, customerId: string): Key => ({ pk: partition(of), sk: `CUSTOMER#${customerId}` });

export async function loadEstimate(of: OfPartner): Promise<Estimate | undefined> {
  const item = await getItem('billing', headerKey(of));
  if (!item) return undefined;
  return {
    partnerId: String(item.partnerId),
    cycle: item.cycle as BillingMonth,
    sums: toSums(item.sums as Item),
    asOf: item.asOf as Instant,
    usageCompleteThrough: item.usageCompleteThrough as Instant | undefined,
  };
}

/** An estimate of an older refresh changes nothing. */
export const keepEstimate = (estimate: Estimate): Promise<void> => {
  const { partnerId, cycle, asOf } = estimate;
  return keep({ ...headerKey(estimate), ...estimate }, asOf, [
    event(billEstimateRefreshed, { partnerId, cycle, asOf }, asOf),
  ]);
};

export async function loadCustomerEstimates(
  of: OfPartner,
  customerIds: readonly string[],
): Promise<Map<string, CustomerEstimate>> {
  const keys = customerIds.map((customerId) => customerKey(of, customerId));
  const items = (await getItems('billing', keys)).filter(({ packs }) => packs !== undefined);
  const estimates = await Promise.all(items.map(toCustomerEstimate));
  return new Map(estimates.map((estimate) => [estimate.customerId, estimate]));
}

/** What all customers that a refresh has seen come to. */
export async function* listCustomerSums(of: OfPartner): AsyncGenerator<Pick<CustomerEstimate, 'customerId' | 'sums'>> {
  const query = { table: 'billing', pk: partition(of), sk: { beginsWith: 'CUSTOMER#' } } as const;
  for await (const item of queryAll({ ...query, consistent: false, attributes: ['customerId', 'sums'] })) {
    yield { customerId: String(item.customerId), sums: toSums(item.sums as Item) };
  }
}

/** Kept for the next refresh; one with more products than an item holds is worked out anew each time. */
export async function keepCustomerEstimate(
  of: OfPartner,
  { groups, ...estimate }: CustomerEstimate,
  asOf: Instant,
): Promise<void> {
  const packs = await pack({ groups });
  const fits = packs.reduce((bytes, each) => bytes + each.length, 0) <= BYTES_OF_GROUPS;
  await keep({ ...customerKey(of, estimate.customerId), ...estimate, packs: fits ? packs : undefined, asOf }, asOf);
}

async function keep(item: Key & Item, asOf: Instant, events: readonly OutgoingEvent[] = []): Promise<void> {
  const write: Write = {
    table: 'billing',
    put: item,
    condition: 'attribute_not_exists(pk) OR asOf <= :asOf',
    values: { ':asOf': asOf },
  };
  try {
    await transact({ aside: true, writes: [write], events });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // a later refresh was faster
  }
}

async function toCustomerEstimate(item: Item): Promise<CustomerEstimate> {
  const read = item.read as Item & Frozen;
  const breakdowns = await Promise.all((item.packs as Uint8Array[]).map(unpack));
  return {
    customerId: String(item.customerId),
    read: { count: Number(read.count), ...toSums(read) },
    discountVersion: Number(item.discountVersion),
    sums: toSums(item.sums as Item),
    groups: breakdowns.flatMap(({ groups }) => groups),
  };
}

const toSums = (stored: Item): EstimateSums => ({
  expenditure: loadMoney(stored.expenditure),
  refund: loadMoney(stored.refund),
  adjustment: loadMoney(stored.adjustment),
});
