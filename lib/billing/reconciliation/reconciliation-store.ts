import { getItem, getItems, type Item, type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { toFrozen, toTotals } from '../part-store.ts';
import type { Difference } from './difference.ts';
import { type Asked, begun, markOf, type Reconciliation } from './reconciliation.ts';

type Place = Pick<Reconciliation, 'cycle' | 'partnerId'>;
type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

const partition = (cycle: BillingMonth): string => `RECONCILIATION#${cycle}`;
const key = ({ cycle, partnerId }: Place): Key => ({ pk: partition(cycle), sk: `PARTNER#${partnerId}` });
const differencesOf = (of: Asked): string => `DIFFERENCES#${of.cycle}#${of.partnerId}#${markOf(of)}`;

/** Begins anew; what was asked for at the same time or later stays. */
export const putBegun = (asked: Asked): Write => ({
  table: 'billing',
  put: { ...key(asked), ...begun(asked), mark: markOf(asked) },
  condition: 'attribute_not_exists(pk) OR mark < :mark',
  values: { ':mark': markOf(asked) },
});

/** Of two invocations on one stretch, one goes on and the other has done nothing. */
export const moveReconciliation = (before: Reconciliation, after: Reconciliation): Write => ({
  table: 'billing',
  put: { ...key(after), ...after, version: before.version + 1, mark: markOf(after) },
  condition: 'version = :seen AND mark = :mark',
  values: { ':seen': before.version, ':mark': markOf(before) },
});

export async function loadReconciliation(place: Place): Promise<Reconciliation | undefined> {
  const item = await getItem('billing', key(place));
  return item && toReconciliation(item);
}

export async function loadReconciliations(places: readonly Place[]): Promise<Reconciliation[]> {
  return (await getItems('billing', places.map(key))).map(toReconciliation);
}

/** Partners of a cycle by id. */
export async function listReconciliations(
  cycle: BillingMonth,
  page: Page,
): Promise<{ reconciliations: Reconciliation[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({ table: 'billing', pk: partition(cycle), sk: { beginsWith: 'PARTNER#' }, ...page });
  return { reconciliations: answer.items.map(toReconciliation), nextKey: answer.nextKey };
}

const DIFFERENCES_AN_ITEM = 500;

/** Differences that a step found, in few items: a step may find thousands. */
export function putDifferences(of: Reconciliation, found: readonly Difference[]): Write[] {
  const writes: Write[] = [];
  for (let start = 0; start < found.length; start += DIFFERENCES_AN_ITEM) {
    const sk = `${String(of.version).padStart(9, '0')}#${String(writes.length).padStart(6, '0')}`;
    const differences = JSON.stringify(found.slice(start, start + DIFFERENCES_AN_ITEM));
    const put = { pk: differencesOf(of), sk, differences };
    writes.push({ table: 'billing', put, condition: 'attribute_not_exists(pk)' });
  }
  return writes;
}

/** The differences of a partner in the order of its lines. */
export async function listDifferences(
  of: Reconciliation,
  page: Page,
): Promise<{ differences: Difference[]; nextKey?: Record<string, unknown> }> {
  const found: Difference[] = [];
  let place = { from: '0', skip: 0, ...page.startKey }; // a key is never empty
  for await (const item of queryAll({ table: 'billing', pk: differencesOf(of), sk: { from: place.from }, limit: 10 })) {
    const all = JSON.parse(String(item.differences)) as Difference[];
    const skipped = item.sk === place.from ? place.skip : 0;
    if (found.length === page.limit && skipped < all.length) return { differences: found, nextKey: place };
    const taken = all.slice(skipped, skipped + page.limit - found.length);
    found.push(...taken);
    place = { from: String(item.sk), skip: skipped + taken.length };
    if (place.skip < all.length) return { differences: found, nextKey: place };
  }
  return { differences: found };
}

function toReconciliation(item: Item): Reconciliation {
  const { pk: _pk, sk: _sk, mark: _mark, ...stored } = item;
  const reconciliation = stored as unknown as Reconciliation;
  const { progress } = reconciliation;
  return {
    ...reconciliation,
    progress: { ...progress, read: toFrozen(progress.read) },
    records: toFrozen(reconciliation.records),
    linesAtList: toFrozen(reconciliation.linesAtList),
    lines: toTotals(reconciliation.lines),
  };
}
