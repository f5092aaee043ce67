import type { DaySummary } from './summary.ts';
import type { SummaryDay } from './summary-day.ts';

/** Days that are summed in one read, with nothing but days without records between them. */
export interface Run {
  readonly first: SummaryDay;
  readonly last: SummaryDay;
}

export interface Plan {
  /** Summed up before, and nothing has been added since. */
  readonly known: ReadonlyMap<SummaryDay, DaySummary>;
  /** To be summed now. */
  readonly runs: readonly Run[];
}

/**
 * What a request does with the days that have records. A stored day is good exactly while its count is the day's count.
 * @param atMost records that may be summed now; days for which that is too few are left out
 */
export function planSummary(
  counts: ReadonlyMap<SummaryDay, number>,
  stored: ReadonlyMap<SummaryDay, DaySummary>,
  atMost: number,
): Plan {
  const known = new Map<SummaryDay, DaySummary>();
  const runs: Run[] = [];
  let left = atMost;
  let joins = false;
  for (const [day, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const summary = stored.get(day);
    const good = summary?.count === count;
    if (good) known.set(day, summary);
    const summed = !good && count <= left;
    if (summed) {
      left -= count;
      const before = joins ? runs.pop() : undefined;
      runs.push({ first: before?.first ?? day, last: day });
    }
    joins = summed;
  }
  return { known, runs };
}
