import { add, type Money, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { type Classified, dayOf } from './classify.ts';
import type { BillType } from './record.ts';

/** What a set of charges of one customer and month adds to its counters. */
export interface Movement {
  readonly usage: Money;
  readonly count: number;
  readonly sums: Readonly<Record<BillType, Money>>;
  /** How many records each day of the summary gained, `01` to `31`; `00` for days before the cycle (late records). */
  readonly days: ReadonlyMap<string, number>;
}

export function movementOf(charges: readonly Classified[], cycle: BillingMonth): Movement {
  const sums: Record<BillType, Money> = { expenditure: ZERO, refund: ZERO, adjustment: ZERO };
  const days = new Map<string, number>();
  let usage = ZERO;
  for (const classified of charges) {
    const { billType, listPrice } = classified.charge;
    usage = add(usage, classified.usage);
    sums[billType] = add(sums[billType], listPrice);
    const day = summaryDayOf(classified.charge, cycle);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return { usage, count: charges.length, sums, days };
}

/** The day of a cycle's summary under which a charge is shown; ORD-128. */
export function summaryDayOf(charge: Classified['charge'], cycle: BillingMonth): string {
  const day = dayOf(charge);
  return day.startsWith(cycle) ? day.slice(-2) : '00';
}
