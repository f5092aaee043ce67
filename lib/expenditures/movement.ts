import { add, type Money, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, billingMonthOf } from '#lib/shared/time.ts';
import { type Classified, consumptionDayOf, dayOf } from './classify.ts';
import { productKey } from './product.ts';
import type { BillType, Charge } from './record.ts';

/** What a set of charges of one customer and month adds to its counters. */
export interface Movement {
  readonly usage: Money;
  /** Quantities of the charges that count as usage, by `productKey`. */
  readonly products: ReadonlyMap<string, Money>;
  /** Usage that was metered, by day of its month, `01` to `31` (CUS-209). */
  readonly usageByDay: ReadonlyMap<string, Money>;
  /** Usage of associations that began in this month, by their beginning (CUS-098). */
  readonly usageBySince: ReadonlyMap<string, Money>;
  readonly count: number;
  readonly sums: Readonly<Record<BillType, Money>>;
  /** How many records each day of the summary gained, `01` to `31`; `00` for days before the cycle (late records). */
  readonly days: ReadonlyMap<string, number>;
}

export function movementOf(charges: readonly Classified[], cycle: BillingMonth): Movement {
  const sums: Record<BillType, Money> = { expenditure: ZERO, refund: ZERO, adjustment: ZERO };
  const days = new Map<string, number>();
  const products = new Map<string, Money>();
  const usageByDay = new Map<string, Money>();
  const usageBySince = new Map<string, Money>();
  let usage = ZERO;
  for (const classified of charges) {
    const { billType, listPrice } = classified.charge;
    usage = add(usage, classified.usage);
    addProduct(products, classified.charge);
    addToDay(usageByDay, classified);
    addToAssociation(usageBySince, classified);
    sums[billType] = add(sums[billType], listPrice);
    const day = summaryDayOf(classified.charge, cycle);
    days.set(day, (days.get(day) ?? 0) + 1);
  }
  return { usage, products, usageByDay, usageBySince, count: charges.length, sums, days };
}

/** Only expenditures are usage (CUS-093). */
function addProduct(products: Map<string, Money>, { billType, productTypeCode, usage, usageUnit }: Charge): void {
  if (billType !== 'expenditure' || usage === undefined || usageUnit === undefined) return;
  const key = productKey(productTypeCode, usageUnit);
  products.set(key, add(products.get(key) ?? ZERO, usage));
}

function addToDay(usageByDay: Map<string, Money>, { charge, usage }: Classified): void {
  const day = consumptionDayOf(charge)?.slice(-2);
  if (day === undefined || usage === ZERO) return;
  usageByDay.set(day, add(usageByDay.get(day) ?? ZERO, usage));
}

/** One that began earlier has the whole month, and needs no counter of its own. */
function addToAssociation(
  usageBySince: Map<string, Money>,
  { association: { since }, month, usage }: Classified,
): void {
  if (usage === ZERO || billingMonthOf(since) !== month) return;
  usageBySince.set(since, add(usageBySince.get(since) ?? ZERO, usage));
}

/** The day of a cycle's summary under which a charge is shown; ORD-128. */
export function summaryDayOf(charge: Classified['charge'], cycle: BillingMonth): string {
  const day = dayOf(charge);
  return day.startsWith(cycle) ? day.slice(-2) : '00';
}
