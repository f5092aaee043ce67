import { type Item, type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { BillLine } from './line.ts';
import { type LinePage, lineSort, linesOf } from './line-page.ts';

const partition = (billId: string): string => `BILL#${billId}`;
const PREFIX = 'PAGE#';
/** Sorts behind every line of a customer, and before the next customer's. */
const END = '~';

/** Lines are put once; a part that starts again removes its pages first. */
export const putPage = (billId: string, page: LinePage): Write => ({
  table: 'billing',
  put: { pk: partition(billId), sk: `${PREFIX}${page.key}`, count: page.count, lines: page.lines },
  condition: 'attribute_not_exists(pk)',
});

export const removePage = (billId: string, pageKey: string): Write => ({
  table: 'billing',
  remove: { pk: partition(billId), sk: `${PREFIX}${pageKey}` },
});

/** Keys of up to `limit` pages whose last line belongs to one of the customers from `first` to `last`. */
export async function listPageKeys(
  billId: string,
  customers: { readonly first: string; readonly last: string },
  limit: number,
): Promise<string[]> {
  const sk = { between: [`${PREFIX}${customers.first}#`, `${PREFIX}${customers.last}#${END}`] } as const;
  const page = await queryPage({ table: 'billing', pk: partition(billId), sk, limit, attributes: ['pk', 'sk'] });
  return page.items.map(keyOf);
}

/** How many lines a bill has, without unpacking one. */
export async function countLines(billId: string): Promise<number> {
  let lines = 0;
  const query = { table: 'billing', pk: partition(billId), sk: { beginsWith: PREFIX }, attributes: ['count'] } as const;
  for await (const { count } of queryAll(query)) lines += Number(count);
  return lines;
}

/** Up to `limit` pages, from the one on that holds the line or the place `from`. */
export async function listPages(
  billId: string,
  from: string,
  limit: number,
): Promise<{ pages: { key: string; lines: BillLine[] }[]; more: boolean }> {
  const sk = { between: [`${PREFIX}${from}`, `${PREFIX}${END}`] } as const;
  const answer = await queryPage({ table: 'billing', pk: partition(billId), sk, limit });
  const pages = await Promise.all(answer.items.map(async (item) => ({ key: keyOf(item), lines: await decoded(item) })));
  return { pages, more: answer.nextKey !== undefined };
}

/** The line of a charge, if the bill has one: the first page whose last line is not before it holds it. */
export async function loadLine(billId: string, charge: Parameters<typeof lineSort>[0]): Promise<BillLine | undefined> {
  const { pages } = await listPages(billId, lineSort(charge), 1);
  return pages[0]?.lines.find((line) => line.charge.recordId === charge.recordId);
}

const keyOf = (item: Item): string => (item as Key).sk.slice(PREFIX.length);
const decoded = (item: Item): Promise<BillLine[]> => linesOf({ lines: item.lines as Uint8Array });
