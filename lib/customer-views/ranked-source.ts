import * as z from 'zod';
import {
  type CustomerEntry,
  listEntries,
  listRanked,
  loadCustomers,
  loadRanks,
  type Ranked,
  type RankedList,
  type Ranking,
  standsIn,
} from '#lib/customers/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Entry, Source, Stretch } from './source.ts';

/** First those with something to rank, then the others by association; the other way round when the smallest come first. */
const position = z.object({
  phase: z.enum(['ranked', 'rest']),
  /** The month that was being ranked when the walk began: its turn does not mix two orders. */
  month: z.string().transform((month) => month as BillingMonth),
  after: z.object({ customerId: z.string(), sort: z.string() }).optional(),
  key: z.record(z.string(), z.unknown()).optional(),
});
type Place = z.output<typeof position>;

interface Order {
  readonly list: RankedList;
  readonly ranking: Ranking;
  readonly descending: boolean;
  readonly month: BillingMonth;
}

/** Customers by a figure that moves: whoever rises above the page being read may be missed, whoever falls may come twice. */
export const rankedSource =
  ({ month, ...order }: Order): Source =>
  async (from, limit) => {
    const [first, second] = order.descending ? (['ranked', 'rest'] as const) : (['rest', 'ranked'] as const);
    const place: Place = from ? position.parse(from) : { phase: first, month };
    const walked = { ...order, month: place.month };
    const stretch = place.phase === 'ranked' ? await ranked(walked, place, limit) : await rest(walked, place, limit);
    const following = place.phase === first ? { phase: second, month: place.month } : undefined;
    return { ...stretch, next: stretch.next ?? following };
  };

async function ranked(order: Order, { month, after }: Place, limit: number): Promise<Stretch> {
  const { list, ranking, descending } = order;
  const amongs = ranking === 'month-to-date' ? ([month] as const) : ([month, 'one-time'] as const);
  const streams = await Promise.all(
    amongs.map((among) => listRanked(list, ranking, among, { limit, after, descending })),
  );
  // One total order over all streams, so that one place is enough to go on in each of them.
  const merged = streams.flat().toSorted((a, b) => (a.sort < b.sort === descending ? 1 : -1));
  const taken = merged.slice(0, limit);
  const more = merged.length > limit || streams.some((stream) => stream.length === limit);
  const last = taken.at(-1);
  return {
    entries: await entriesOf(taken, month),
    read: Math.max(taken.length, 1),
    next: more && last ? { phase: 'ranked', month, after: last } : undefined,
  };
}

async function entriesOf(places: readonly Ranked[], month: BillingMonth): Promise<Entry[]> {
  const customers = await loadCustomers(places.map(({ customerId }) => customerId));
  const byId = new Map(customers.map((customer) => [customer.customerId, customer]));
  return places.flatMap((after) => {
    const customer = byId.get(after.customerId);
    return customer ? [{ customer, position: { phase: 'ranked', month, after } }] : [];
  });
}

async function rest({ list, ranking }: Order, { month, key }: Place, limit: number): Promise<Stretch> {
  const page = await listEntries(list, { limit, startKey: key, newestFirst: true });
  const ranks = await loadRanks(page.entries.map(({ customer }) => customer.customerId));
  const unranked = ({ customer: { customerId } }: CustomerEntry): boolean =>
    !standsIn(ranks.get(customerId), list, ranking, month);
  const place = (behind: Place['key']) => ({ phase: 'rest', month, key: behind });
  return {
    entries: page.entries.filter(unranked).map(({ customer, position: at }) => ({ customer, position: place(at) })),
    read: Math.max(page.entries.length, 1),
    next: page.next && place(page.next),
  };
}
