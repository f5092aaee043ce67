import { type Controller, loadControlled } from '#lib/customers/index.ts';
import { ZERO } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { decideWithdrawal } from './budget-decision.ts';
import type { BudgetReading } from './budget-view.ts';
import { checkWithdrawal } from './check-wish.ts';
import { commitBudget } from './commit-budget.ts';
import { presentBudget } from './read-budget.ts';
import { requireVersion } from './set-budget.ts';

/** CUS-084. @throws Refusal PARTNER_INACTIVE, BUDGET_NOT_SET, VERSION_CONFLICT and those of control */
export async function withdrawBudget(
  { customerId, expectedVersion }: { readonly customerId: string; readonly expectedVersion: number },
  controller: Controller,
  now: Instant,
): Promise<BudgetReading> {
  await checkWithdrawal(customerId, controller);
  return redecide(async () => {
    const controlled = await loadControlled(customerId, controller.standing);
    const budget = await presentBudget(controlled);
    requireVersion(budget, expectedVersion);
    const decision = decideWithdrawal(budget, controller.member.id, now);
    const change = { action: 'withdraw', controlled, decision, controller, unfreezeRequested: false } as const;
    const customer = await commitBudget(change, now);
    return { customer, budget: decision.after, usage: ZERO };
  });
}
