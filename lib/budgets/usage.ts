import { listMonth, loadMonths, usageSince } from '#lib/expenditures/index.ts';
import { add, type Money, sum, ZERO } from '#lib/shared/money.ts';
import { type BillingMonth, monthsBetween } from '#lib/shared/time.ts';
import { type Budget, countsFrom } from './budget.ts';

type Counted = Pick<Budget, 'partnerId' | 'customerId' | 'type' | 'typeSince' | 'associatedSince'>;

export interface CountedMonth {
  readonly partnerId: string;
  readonly customerId: string;
  readonly month: BillingMonth;
  /** What counts of it, and the whole counter. */
  readonly counting: Money;
  readonly usage: Money;
}

/** The counters behind `loadUsage`, oldest first, those that nothing has moved yet included. */
export async function loadCounted(budget: Counted, month: BillingMonth): Promise<CountedMonth[]> {
  const { partnerId, customerId, associatedSince } = budget;
  const months = monthsBetween(countsFrom(budget, month), month);
  const stored = new Map((await loadMonths(partnerId, customerId, months)).map((each) => [each.month, each]));
  return months.map((each) => {
    const counter = stored.get(each);
    const counted = { counting: counter ? usageSince(counter, associatedSince) : ZERO, usage: counter?.usage ?? ZERO };
    return { partnerId, customerId, month: each, ...counted };
  });
}

/** What counts against a budget in `month`: that month alone, or every month since the type became one-time (CUS-059, CUS-068). */
export async function loadUsage(budget: Counted, month: BillingMonth): Promise<Money> {
  const months = await loadMonths(budget.partnerId, budget.customerId, monthsBetween(countsFrom(budget, month), month));
  return sum(months.map((each) => usageSince(each, budget.associatedSince)));
}

/** The same for budgets of one partner in the order of customer ids, by one query per month that any of them counts. */
export async function loadUsages(budgets: readonly Counted[], month: BillingMonth): Promise<Map<string, Money>> {
  const byId = new Map(budgets.map((budget) => [budget.customerId, budget]));
  const usages = new Map<string, Money>();
  const [first, last] = [budgets[0], budgets.at(-1)];
  if (!first || !last) return usages;
  const [earliest = month] = budgets.map((budget) => countsFrom(budget, month)).sort();
  for (const each of monthsBetween(earliest, month)) {
    const counters = listMonth(first.partnerId, each, { first: first.customerId, last: last.customerId });
    for await (const counter of counters) {
      const { customerId } = counter;
      const budget = byId.get(customerId);
      if (!budget || countsFrom(budget, month) > each) continue;
      usages.set(customerId, add(usages.get(customerId) ?? ZERO, usageSince(counter, budget.associatedSince)));
    }
  }
  return usages;
}
