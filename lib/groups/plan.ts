import { productKey } from '#lib/expenditures/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type Money, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { groupErrors } from './errors.ts';
import { USAGE_STATES, type UsageState } from './group.ts';
import type { Usage } from './usage.ts';

/** The one metric that is no product code. */
export const LIST_PRICE = 'list-price-expenditure';

export interface PlanLine {
  /** `list-price-expenditure`, or the code of a product type. */
  readonly metric: string;
  /** The currency of amounts, the usage unit of a product. */
  readonly unit: string;
  readonly expectedQuantity: Money;
}

/** In force from `since` until the next one. */
export interface ServicePlan {
  readonly name: string;
  readonly lines: readonly PlanLine[];
  readonly periodType: 'month';
  readonly since: BillingMonth;
}

export interface LineUsage extends PlanLine {
  readonly used: Money;
  readonly state: UsageState;
}

const APPROACHING_PERCENT = 75n;

/** CUS-236: `approaching` from exactly 75 percent, `exceeded` above exactly 100. */
export function lineState(used: Money, expected: Money): UsageState {
  if (used > expected) return 'exceeded';
  return used * 100n >= APPROACHING_PERCENT * expected ? 'approaching' : 'within';
}

/** What counts against a line. */
export const usedOf = (usage: Usage, { metric, unit }: Pick<PlanLine, 'metric' | 'unit'>): Money =>
  metric === LIST_PRICE ? usage.amount : (usage.products.get(productKey(metric, unit)) ?? ZERO);

/** Usage beside what the plan expects, line by line (CUS-234). */
export const lineUsages = ({ lines }: Pick<ServicePlan, 'lines'>, usage: Usage): LineUsage[] =>
  lines.map((line) => {
    const used = usedOf(usage, line);
    return { ...line, used, state: lineState(used, line.expectedQuantity) };
  });

/** CUS-236: the group shows its worst line. */
export const worstOf = (lines: readonly Pick<LineUsage, 'state'>[]): UsageState =>
  USAGE_STATES.findLast((state) => lines.some((line) => line.state === state)) ?? 'within';

/** @throws Refusal PLAN_LINE_INVALID when a quantity is not above 0 or a line stands twice */
export function requirePlanLines(lines: readonly PlanLine[]): void {
  const known = new Set<string>();
  for (const [index, { metric, unit, expectedQuantity }] of lines.entries()) {
    const key = JSON.stringify(metric === LIST_PRICE ? [metric] : [metric, unit]);
    if (expectedQuantity <= 0n || known.has(key)) throw new Refusal(groupErrors.PLAN_LINE_INVALID, { line: index });
    known.add(key);
  }
}
