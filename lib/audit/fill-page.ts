import { type Item, type ItemPage, type ItemQuery, queryPage } from '#lib/shared/dynamodb.ts';

/** Items that one request looks at for a page; beyond them the cursor goes on, after a short or empty page. */
const MOST_READS = 10;
const READ_SIZE = 500;

/** A page of exactly `limit` items of a filtered range, while the range and the work of one request last. */
export async function fillPage(query: ItemQuery & { readonly limit: number }): Promise<ItemPage> {
  const items: Item[] = [];
  let startKey = query.startKey;
  for (let reads = 0; reads < MOST_READS; reads += 1) {
    const page = await queryPage({ ...query, startKey, limit: query.filter ? READ_SIZE : query.limit });
    items.push(...page.items);
    startKey = page.nextKey;
    if (items.length > query.limit) return cutTo(items, query);
    if (items.length === query.limit || !startKey) break;
  }
  return { items, nextKey: startKey };
}

/** More was found than asked for: the next page begins behind the last item shown. */
function cutTo(items: readonly Item[], { keys, limit }: ItemQuery & { readonly limit: number }): ItemPage {
  const shown = items.slice(0, limit);
  const names = ['pk', 'sk', ...(keys ? [keys.pk, keys.sk] : [])];
  const last = shown.at(-1);
  return { items: shown, nextKey: last && Object.fromEntries(names.map((name) => [name, last[name]])) };
}

/** `AND` of equalities; nothing to filter by is no filter. */
export function equalTo(wanted: Readonly<Record<string, string | undefined>>): ItemQuery['filter'] {
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined);
  if (given.length === 0) return undefined;
  return {
    expression: given.map((_, i) => `#f${i} = :f${i}`).join(' AND '),
    names: Object.fromEntries(given.map(([name], i) => [`#f${i}`, name])),
    values: Object.fromEntries(given.map(([, value], i) => [`:f${i}`, value])),
  };
}
