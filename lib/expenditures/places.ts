import { type BillingMonth, nextMonth } from '#lib/shared/time.ts';
import { closedAtOf, loadMonth, loadMonthsOf } from './month-store.ts';
import type { MonthOwner, Place } from './month-writes.ts';

/**
 * Where the charges of each customer's month are billed, as far as a batch has seen. What changes meanwhile fails a condition and is
 * looked up again; a closed month never opens.
 */
export type Places = Map<string, Place>;

/** One read for the whole batch. */
export async function likelyPlaces(owners: readonly MonthOwner[]): Promise<Places> {
  const places: Places = new Map();
  const distinct = new Map(owners.map((owner) => [keyOf(owner), owner]));
  for (const { closedAt, ...owner } of await loadMonthsOf([...distinct.values()])) {
    if (closedAt) await refreshPlace(places, owner);
    else setPlace(places, owner, owner.month);
  }
  return places;
}

export const placeOf = (places: Places, owner: MonthOwner): Place =>
  places.get(keyOf(owner)) ?? { cycle: owner.month, fresh: true };

/** Something is billed to the customer in this cycle. */
export function setPlace(places: Places, owner: MonthOwner, cycle: BillingMonth): void {
  places.set(keyOf(owner), { cycle, fresh: false });
}

export async function refreshPlace(places: Places, owner: MonthOwner): Promise<void> {
  places.set(keyOf(owner), await findPlace(owner));
}

/** Its own month, or the next one that is open (FIN-14). */
async function findPlace({ partnerId, customerId, month }: MonthOwner): Promise<Place> {
  for (let cycle = month; ; cycle = nextMonth(cycle)) {
    const item = await loadMonth(partnerId, customerId, cycle);
    if (item && !item.closedAt) return { cycle, fresh: false };
    if (!item && !(await closedAtOf(partnerId, cycle))) return { cycle, fresh: true };
  }
}

const keyOf = ({ partnerId, customerId, month }: MonthOwner): string => `${partnerId}#${customerId}#${month}`;
