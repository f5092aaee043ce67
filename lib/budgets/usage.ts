import { listMonth, loadMonths } from '#lib/expenditures/index.ts';
import { add, type Money, sum, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, monthsBetween } from '#lib/shared/time.ts';
import { type Budget, countsFrom } from './budget.ts';

type Counted = Pick<Budget, 'partnerId' | 'customerId' | 'type' | 'typeSince'>;

export interface CountedMonth {
  readonly partnerId: string;
  readonly customerId: string;
  readonly month: BillingMonth;
  readonly usage: Money;
}

/** The counters behind `loadUsage`, oldest first, those that nothing has moved yet included. */
export async function loadCounted(budget: Counted, month: BillingMonth): Promise<CountedMonth[]> {
  const { partnerId, customerId } = budget;
  const counting = monthsBetween(countsFrom(budget, month), month);
  const stored = new Map((await loadMonths(partnerId, customerId, counting)).map((each) => [each.month, each.usage]));
  return counting.map((each) => ({ partnerId, customerId, month: each, usage: stored.get(each) ?? ZERO }));
}

/** What counts against a budget in `month`: that month alone, or every month since the type became one-time (CUS-059, CUS-068). */
export async function loadUsage(budget: Counted, month: BillingMonth): Promise<Money> {
  const months = await loadMonths(budget.partnerId, budget.customerId, monthsBetween(countsFrom(budget, month), month));
  return sum(months.map(({ usage }) => usage));
}

/** The same for budgets of one partner in the order of customer ids, by one query per month that any of them counts. */
export async function loadUsages(budgets: readonly Counted[], month: BillingMonth): Promise<Map<string, Money>> {
  const since = new Map(budgets.map((budget) => [budget.customerId, countsFrom(budget, month)]));
  const usages = new Map<string, Money>();
  const [first, last] = [budgets[0], budgets.at(-1)];
  if (!first || !last) return usages;
  const [earliest = month] = [...since.values()].sort();
  for (const each of monthsBetween(earliest, month)) {
    const counters = listMonth(first.partnerId, each, { first: first.customerId, last: last.customerId });
    for await (const { customerId, usage } of counters) {
      const from = since.get(customerId);
      if (from !== undefined && from <= each) usages.set(customerId, add(usages.get(customerId) ?? ZERO, usage));
    }
  }
  return usages;
}
