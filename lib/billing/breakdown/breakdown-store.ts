import { getItem, type Item, type Key, putIfAbsent, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import type { Breakdown, CustomerFigures, GroupFigures } from './breakdown.ts';
import type { Figures } from './figures.ts';
import type { Header, SourceFigures } from './header.ts';
import { pack, unpack } from './packed.ts';

/** The breakdown of a bill: of the issued one, or as a refresh of the estimate found it. */
export interface BreakdownOf {
  readonly billId: string;
  readonly version: 'issued' | Instant;
}

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

const partition = ({ billId, version }: BreakdownOf): string => `BREAKDOWN#${billId}#${version}`;
const keyed = (of: BreakdownOf, sk: string): Key => ({ pk: partition(of), sk });
const SLICE = 'SLICE#';
const PRODUCT = 'PRODUCT#';
const CUSTOMERS = 'CUSTOMERS#';
const HEADER = 'HEADER';
const ITEMS_AT_ONCE = 90;

/** What the lines of one commit come to; written with them. `slice` puts slices in the order of their customers. */
export async function slicePuts(of: BreakdownOf, slice: string, breakdown: Breakdown): Promise<Write[]> {
  const packs = await pack(breakdown);
  return packs.map((packed, i) => ({
    table: 'billing',
    put: { ...keyed(of, `${SLICE}${slice}#${i}`), packed },
    condition: 'attribute_not_exists(pk)',
  }));
}

/** A slice by itself, of an estimate; what is kept under its name already stays. */
export async function keepSlice(of: BreakdownOf, slice: string, breakdown: Breakdown): Promise<void> {
  const packs = await pack(breakdown);
  await Promise.all(
    packs.map((packed, i) => putIfAbsent('billing', { ...keyed(of, `${SLICE}${slice}#${i}`), packed })),
  );
}

/** Keys of up to `limit` slices whose name begins with `prefix`. */
export async function listSliceKeys(of: BreakdownOf, prefix: string, limit: number): Promise<Key[]> {
  const range = { pk: partition(of), sk: { beginsWith: `${SLICE}${prefix}` } };
  const { items } = await queryPage({ table: 'billing', ...range, limit, attributes: ['pk', 'sk'] });
  return items as Key[];
}

export const removeSlice = (key: Key): Write => ({ table: 'billing', remove: key });

/** All slices, in the order of their customers. */
export async function* listSlices(of: BreakdownOf): AsyncGenerator<Breakdown> {
  for await (const item of queryAll({ table: 'billing', pk: partition(of), sk: { beginsWith: SLICE } })) {
    yield unpack(item.packed as Uint8Array);
  }
}

/** Keeps something beside the slices under a name of its own; what is kept under it already stays. */
export async function keepAside(of: BreakdownOf, name: string, groups: readonly GroupFigures[]): Promise<void> {
  const packs = await pack({ groups });
  await Promise.all(packs.map((packed, i) => putIfAbsent('billing', { ...keyed(of, `OPEN#${name}#${i}`), packed })));
}

export async function loadAside(of: BreakdownOf, name: string): Promise<GroupFigures[]> {
  const groups: GroupFigures[] = [];
  for await (const item of queryAll({ table: 'billing', pk: partition(of), sk: { beginsWith: `OPEN#${name}#` } })) {
    groups.push(...(await unpack(item.packed as Uint8Array)).groups);
  }
  return groups;
}

/** A product with all its groups; `rank` puts products in their order. */
export async function keepProduct(of: BreakdownOf, rank: string, groups: readonly GroupFigures[]): Promise<void> {
  const packs = await pack({ groups });
  await putIfAbsent('billing', { ...keyed(of, `${PRODUCT}${rank}`), packs });
}

/** Products of one source in the order of their ranks. */
export async function listProducts(
  of: BreakdownOf,
  source: string,
  page: Page,
): Promise<{ products: GroupFigures[][]; nextKey?: Record<string, unknown> }> {
  const range = { pk: partition(of), sk: { beginsWith: `${PRODUCT}${source}` } };
  const answer = await queryPage({ table: 'billing', ...range, ...page });
  const products = await Promise.all(answer.items.map(groupsIn));
  return { products, nextKey: answer.nextKey };
}

const groupsIn = async ({ packs }: Item): Promise<GroupFigures[]> =>
  (await Promise.all((packs as Uint8Array[]).map(unpack))).flatMap(({ groups }) => groups);

/** Customers side by side, keyed by the last of them. */
export async function keepCustomers(of: BreakdownOf, customers: readonly CustomerFigures[]): Promise<void> {
  const last = customers.at(-1)?.customerId ?? '';
  await putIfAbsent('billing', { ...keyed(of, `${CUSTOMERS}${last}`), packs: await pack({ customers }) });
}

/** Customers by id, from the id or the place `from` on, at least `atLeast` unless there are fewer. */
export async function listCustomers(of: BreakdownOf, from: string, atLeast: number): Promise<CustomerFigures[]> {
  const found: CustomerFigures[] = [];
  const sk = { between: [`${CUSTOMERS}${from}`, `${CUSTOMERS}~`] } as const;
  for await (const item of queryAll({ table: 'billing', pk: partition(of), sk, limit: 2 })) {
    for (const packed of item.packs as Uint8Array[]) {
      found.push(...(await unpack(packed)).customers.filter(({ customerId }) => customerId >= from));
    }
    if (found.length >= atLeast) break;
  }
  return found;
}

export async function keepHeader(of: BreakdownOf, { largest, ...header }: Header): Promise<void> {
  await putIfAbsent('billing', { ...keyed(of, HEADER), ...header, largest: await pack({ customers: largest }) });
}

export async function loadHeader(of: BreakdownOf): Promise<Header | undefined> {
  const item = await getItem('billing', keyed(of, HEADER));
  if (!item) return undefined;
  const largest = await Promise.all((item.largest as Uint8Array[]).map(unpack));
  return {
    products: Number(item.products),
    customers: Number(item.customers),
    platform: toSourceFigures(item.platform as SourceFigures),
    marketplace: toSourceFigures(item.marketplace as SourceFigures),
    largest: largest.flatMap(({ customers }) => customers),
  };
}

/** Removes a breakdown that a later one stands for. */
export async function removeBreakdown(of: BreakdownOf): Promise<void> {
  const range = { table: 'billing', pk: partition(of), limit: ITEMS_AT_ONCE, attributes: ['pk', 'sk'] } as const;
  for (;;) {
    const { items } = await queryPage(range);
    if (items.length === 0) return;
    await transact({ aside: true, writes: (items as Key[]).map((key) => ({ table: 'billing', remove: key })) });
  }
}

const toSourceFigures = (stored: SourceFigures): SourceFigures => ({
  expenditure: toFigures(stored.expenditure),
  refund: toFigures(stored.refund),
  adjustment: toFigures(stored.adjustment),
});

const toFigures = (stored: Figures): Figures => ({
  count: Number(stored.count),
  expenditure: loadMoney(stored.expenditure),
  settlement: loadMoney(stored.settlement),
  couponsUsed: loadMoney(stored.couponsUsed),
  taxExclusiveDue: loadMoney(stored.taxExclusiveDue),
  tax: loadMoney(stored.tax),
  due: loadMoney(stored.due),
});
