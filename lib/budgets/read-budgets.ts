import { activeAssociation, type Customer } from '#lib/customers/index.ts';
import { loadMonthsOf, usageSince } from '#lib/expenditures/index.ts';
import { add, type Money, ZERO } from '#lib/shared/money.ts';
import { billingMonthOf, type Instant, monthsBetween } from '#lib/shared/time.ts';
import { type Budget, countsFrom, unsetBudget } from './budget.ts';
import { loadBudgets } from './budget-store.ts';

/** A customer's budget with what counts against it, and what was spent in the month to date. */
export interface BudgetStanding {
  readonly budget: Budget;
  readonly usage: Money;
  readonly monthToDate: Money;
}

/** Budgets and counters of a page of customers, by batch; those outside the reseller model have none and are left out (CUS-015). */
export async function readBudgets(customers: readonly Customer[], now: Instant): Promise<Map<string, BudgetStanding>> {
  const month = billingMonthOf(now);
  const budgets = await presentBudgets(customers);
  const counters = await loadMonthsOf(
    budgets.flatMap((budget) =>
      monthsBetween(countsFrom(budget, month), month).map((each) => ({
        partnerId: budget.partnerId,
        customerId: budget.customerId,
        month: each,
      })),
    ),
  );
  const standings = new Map(budgets.map((budget) => [budget.customerId, { budget, usage: ZERO, monthToDate: ZERO }]));
  for (const counter of counters) {
    const before = standings.get(counter.customerId);
    if (!before) continue;
    standings.set(counter.customerId, {
      budget: before.budget,
      usage: add(before.usage, usageSince(counter, before.budget.associatedSince)),
      monthToDate: counter.month === month ? counter.usage : before.monthToDate,
    });
  }
  return standings;
}

async function presentBudgets(customers: readonly Customer[]): Promise<Budget[]> {
  const capped = customers.flatMap((customer) => {
    const association = activeAssociation(customer);
    return association?.type === 'reseller' ? [{ customerId: customer.customerId, ...association }] : [];
  });
  const stored = await loadBudgets(capped);
  return capped.map(({ partnerId, customerId, since }) => ({
    ...(stored.get(customerId) ?? unsetBudget(partnerId, customerId, billingMonthOf(since))),
    associatedSince: since,
  }));
}
