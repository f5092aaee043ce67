import type { CouponUse } from '#lib/coupons/index.ts';
import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Allocation } from './allocation.ts';

type Placed = Pick<ExpenditureRecord, 'recordId' | 'transactionTime'>;

/** What coupons took of a line, as the pass over the whole bill decided it. */
export type UsesOf = (record: Pick<ExpenditureRecord, 'recordId'>) => readonly CouponUse[];

/** For some records of one customer, by transaction time and behind those before them. */
export type TakingFor = (records: readonly Placed[]) => Promise<UsesOf>;

export const NONE: UsesOf = () => [];

/**
 * A part of one large customer is settled slice by slice, and its records come in the order of time that its allocations lie in: those are
 * read along with them, each once. The place of a refund may lie behind its own record, but within the same time (FIN-185).
 */
export function takingAlong(allocationsFrom: (time: Instant) => AsyncGenerator<Allocation>): TakingFor {
  let source: AsyncGenerator<Allocation> | undefined;
  let held: Allocation[] = [];
  return async (records) => {
    const [first, last] = [records[0]?.transactionTime, records.at(-1)?.transactionTime];
    if (first === undefined) return NONE;
    source ??= allocationsFrom(first);
    held = held.filter(({ place }) => place >= first);
    while ((held.at(-1)?.place ?? '') < `${last}${END}`) {
      const next = await source.next();
      if (next.done) break;
      held.push(next.value);
    }
    return usesIn(held);
  };
}

/** Sorts behind every place of its time. */
const END = '~';

export function usesIn(allocations: readonly Allocation[]): UsesOf {
  const uses = new Map(allocations.map((each) => [each.recordId, each.uses]));
  return ({ recordId }) => uses.get(recordId) ?? [];
}
