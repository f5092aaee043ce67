import { isDeepStrictEqual } from 'node:util';
import { THRESHOLDS } from '#lib/budgets/index.ts';
import { productKey } from '#lib/expenditures/index.ts';
import { type Money, subtract, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Group, GroupStanding } from './group.ts';
import { LIST_PRICE, type LineUsage, lineUsages, type ServicePlan } from './plan.ts';
import type { Usage } from './usage.ts';

/**
 * An upper bound of what a group has used in a month: what its members used when they were last read whole, and everything that events
 * told of since. An event that comes twice, or whose usage was read before it came, makes it too high, never too low, so below the
 * limits nothing can have been reached and nobody needs to be read.
 */
export interface Meter {
  readonly bound: Usage;
  /** Absent until the group is read for the first time. */
  readonly read?: MeterReading;
}

export interface MeterReading {
  /** Settings and members under which the group was read; others make the bound worthless. */
  readonly basis: string;
  readonly limits: Limits;
  /** +1 with every reading. */
  readonly readings: number;
}

/** Usage from which on something new is to be said; absent where nothing is. */
export interface Limits {
  readonly amount?: Money;
  readonly products: ReadonlyMap<string, Money>;
}

const basisOf = ({ version, moves }: Pick<Group, 'version' | 'moves'>): string => `${version}#${moves}`;

/** Whether the group has to be read whole to know what is to be said. */
export function mustBeRead({ bound, read }: Meter, group: Pick<Group, 'version' | 'moves'>): boolean {
  if (read?.basis !== basisOf(group)) return true;
  const { amount, products } = read.limits;
  if (amount !== undefined && bound.amount >= amount) return true;
  return [...products].some(([key, limit]) => (bound.products.get(key) ?? ZERO) >= limit);
}

/** The next thresholds of the budget and the next state of each line of the plan (CUS-105, CUS-236). */
export function limitsOf(
  { budget, standing }: Pick<Group, 'budget' | 'standing'>,
  lines: readonly LineUsage[],
  month: BillingMonth,
): Limits {
  const amounts = lines.filter((line) => !isProduct(line)).map(nextOfLine);
  const products = lines.filter(isProduct).flatMap((line) => {
    const next = nextOfLine(line);
    return next === undefined ? [] : [[productKey(line.metric, line.unit), next] as const];
  });
  return { amount: lowest([...amounts, nextThreshold(budget, standing, month)]), products: new Map(products) };
}

function nextThreshold(
  budget: Money | undefined,
  standing: GroupStanding | undefined,
  month: BillingMonth,
): Money | undefined {
  if (budget === undefined) return undefined;
  const raised = standing?.period === month ? standing.raised : [];
  return lowest(THRESHOLDS.filter((each) => !raised.includes(each)).map((each) => percentOf(budget, BigInt(each))));
}

/** `approaching` begins at exactly 75 percent, `exceeded` above exactly 100. */
function nextOfLine({ expectedQuantity, state }: LineUsage): Money | undefined {
  if (state === 'within') return percentOf(expectedQuantity, 75n);
  return state === 'approaching' ? ((expectedQuantity + 1n) as Money) : undefined;
}

/** Rounded up to the smallest amount that there is: the first that reaches the percentage. */
const percentOf = (amount: Money, percent: bigint): Money => ((amount * percent + 99n) / 100n) as Money;

const lowest = (amounts: readonly (Money | undefined)[]): Money | undefined =>
  amounts.reduce(
    (least, each) => (least === undefined || (each !== undefined && each < least) ? each : least),
    undefined,
  );

/** A reading of the whole group, as it is to be stored. */
export interface Noted {
  /** Brings the bound from what it was before the group was read to what was read; events that came meanwhile stay in it. */
  readonly change: Usage;
  readonly reading: MeterReading;
}

interface ReadFacts {
  readonly group: Pick<Group, 'version' | 'moves' | 'budget'>;
  readonly standing?: GroupStanding;
  readonly plan?: Pick<ServicePlan, 'lines'>;
  readonly usage: Usage;
}

/** @param before as it was before the members were read. @returns nothing when it says all this already */
export function noteReading(before: Meter, facts: ReadFacts, month: BillingMonth): Noted | undefined {
  const { group, standing, plan, usage } = facts;
  const lines = plan ? lineUsages(plan, usage) : [];
  const change = {
    amount: subtract(usage.amount, before.bound.amount),
    products: new Map(
      lines.filter(isProduct).map((line) => {
        const product = productKey(line.metric, line.unit);
        return [product, subtract(line.used, before.bound.products.get(product) ?? ZERO)] as const;
      }),
    ),
  };
  const limits = limitsOf({ budget: group.budget, standing }, lines, month);
  const reading = { basis: basisOf(group), limits, readings: (before.read?.readings ?? 0) + 1 };
  return isKnown(before.read, { change, reading }) ? undefined : { change, reading };
}

const isProduct = ({ metric }: LineUsage): boolean => metric !== LIST_PRICE;

const isKnown = (known: MeterReading | undefined, { change, reading }: Noted): boolean =>
  known?.basis === reading.basis &&
  isDeepStrictEqual(known.limits, reading.limits) &&
  [change.amount, ...change.products.values()].every((each) => each === 0n);
