import * as z from 'zod';
import type { CustomerRank, Ranking } from '#lib/customers/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Position } from './source.ts';

/** A customer of a list that is few enough to be put in order for an answer; ends with the id, so that no two are the same. */
export interface Place {
  readonly customerId: string;
  readonly sort: string;
}

const position = z.object({ sort: z.string() });

/** The places behind a position, in order. */
export function stretchOf(
  places: readonly Place[],
  { from, limit, descending }: { readonly from?: Position; readonly limit: number; readonly descending: boolean },
): { readonly taken: readonly Place[]; readonly next?: { sort: string } } {
  const after = from && position.parse(from).sort;
  const behind = places
    .filter(({ sort }) => after === undefined || isBehind(sort, after, descending))
    .toSorted((a, b) => (isBehind(a.sort, b.sort, descending) ? 1 : -1));
  const taken = behind.slice(0, limit);
  const last = taken.at(-1);
  return { taken, next: last && taken.length < behind.length ? { sort: last.sort } : undefined };
}

const isBehind = (sort: string, after: string, descending: boolean): boolean =>
  descending ? sort < after : sort > after;

/** The figure by which a customer is ranked; the empty text without one. */
export function figureOf(rank: CustomerRank | undefined, ranking: Ranking, month: BillingMonth): string {
  const place = ranking === 'month-to-date' ? rank?.monthToDate : rank?.budgetUsage;
  return place && (place.among === month || place.among === 'one-time') ? place.value : '';
}
