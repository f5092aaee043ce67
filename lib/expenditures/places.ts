import { type BillingMonth, nextMonth } from '#lib/shared/time.ts';
import { closedAtOf, loadMonth, loadMonthsOf } from './month-store.ts';
import type { MonthOwner, Place } from './month-writes.ts';

/**
 * Where the charges of each customer's month are billed, as far as a batch has seen. What changes meanwhile fails a condition and is
 * looked up again; a closed month never opens.
 */
export class Places {
  readonly #known = new Map<string, Place>();

  /** One read for the whole batch. */
  static async likely(owners: readonly MonthOwner[]): Promise<Places> {
    const places = new Places();
    const distinct = new Map(owners.map((owner) => [keyOf(owner), owner]));
    for (const { closedAt, ...owner } of await loadMonthsOf([...distinct.values()])) {
      if (closedAt) await places.refresh(owner);
      else places.found(owner, owner.month);
    }
    return places;
  }

  of(owner: MonthOwner): Place {
    return this.#known.get(keyOf(owner)) ?? { cycle: owner.month, fresh: true };
  }

  /** Something is billed to the customer in this cycle. */
  found(owner: MonthOwner, cycle: BillingMonth): void {
    this.#known.set(keyOf(owner), { cycle, fresh: false });
  }

  async refresh(owner: MonthOwner): Promise<void> {
    this.#known.set(keyOf(owner), await findPlace(owner));
  }
}

/** Its own month, or the next one that is open (FIN-14). */
async function findPlace({ partnerId, customerId, month }: MonthOwner): Promise<Place> {
  for (let cycle = month; ; cycle = nextMonth(cycle)) {
    const item = await loadMonth(partnerId, customerId, cycle);
    if (item && !item.closedAt) return { cycle, fresh: false };
    if (!item && !(await closedAtOf(partnerId, cycle))) return { cycle, fresh: true };
  }
}

const keyOf = ({ partnerId, customerId, month }: Pick<MonthOwner, 'partnerId' | 'customerId' | 'month'>): string =>
  `${partnerId}#${customerId}#${month}`;
