import { type Association, type Controlled, type Customer, controlErrors } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { ZERO } from '#lib/shared/money.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { type Budget, unsetBudget } from './budget.ts';
import { loadBudget } from './budget-store.ts';
import type { BudgetReading } from './budget-view.ts';
import { loadUsage } from './usage.ts';

/** The budget in force: the one that was set, else the unset one that association gives (CUS-021). */
export async function presentBudget({
  customer: { customerId },
  association: { partnerId, since },
}: Pick<Controlled, 'customer' | 'association'>): Promise<Budget> {
  const budget = (await loadBudget(partnerId, customerId)) ?? unsetBudget(partnerId, customerId, billingMonthOf(since));
  return { ...budget, associatedSince: since };
}

/** CUS-015. @throws Refusal NOT_RESELLER_MODEL */
export function requireResellerModel({ association }: Customer): Association {
  if (association?.type !== 'reseller' || association.endedAt) throw new Refusal(controlErrors.NOT_RESELLER_MODEL);
  return association;
}

/** A customer's budget with what counts against it now. @throws Refusal NOT_RESELLER_MODEL */
export async function readBudget(customer: Customer, now: Instant): Promise<BudgetReading> {
  const budget = await presentBudget({ customer, association: requireResellerModel(customer) });
  const usage = budget.amount === ZERO ? ZERO : await loadUsage(budget, billingMonthOf(now));
  return { customer, budget, usage };
}
