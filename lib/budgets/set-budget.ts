import { type Controller, controlErrors, loadControlled } from '#lib/customers/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { type Budget, chosenSince } from './budget.ts';
import { type BudgetDecision, type BudgetWish, decideBudget } from './budget-decision.ts';
import type { BudgetReading } from './budget-view.ts';
import { type BatchPart, commitBudget } from './commit-budget.ts';
import { presentBudget } from './read-budget.ts';
import { loadUsage } from './usage.ts';

export interface BudgetOutcome extends BudgetReading {
  readonly warnings: BudgetDecision['warnings'];
}

export interface SetBudgetWish extends BudgetWish {
  readonly customerId: string;
  /** What the client read; a batch overwrites whatever is there (CUS-078). */
  readonly expectedVersion?: number;
}

/**
 * Sets a customer's budget (CUS-056 to CUS-077). When evaluation moved the thresholds meanwhile, it is decided again; only another
 * setting is a conflict.
 * @throws Refusal those of CUS-066
 */
export async function setBudget(
  { customerId, expectedVersion, ...wish }: SetBudgetWish,
  controller: Controller,
  now: Instant,
  batch?: BatchPart,
): Promise<BudgetOutcome> {
  requireUnfreezable(wish, controller);
  return redecide(async () => {
    const controlled = await loadControlled(customerId, controller.standing);
    const budget = await presentBudget(controlled);
    if (expectedVersion !== undefined) requireVersion(budget, expectedVersion);
    const usage = await usageAsWished(budget, wish, now);
    const decision = decideBudget(
      { budget, usage, control: controlled.customer.control },
      wish,
      controller.member.id,
      now,
    );
    const change = {
      action: 'set',
      controlled,
      decision,
      controller,
      unfreezeRequested: wish.unfreezeNow,
      batch,
    } as const;
    const customer = await commitBudget(change, now);
    return { customer, budget: decision.after, usage, warnings: decision.warnings };
  });
}

/** CUS-016. @throws Refusal PARTNER_ACCOUNT_FROZEN */
export function requireUnfreezable({ unfreezeNow }: Pick<BudgetWish, 'unfreezeNow'>, { standing }: Controller): void {
  if (unfreezeNow && standing.status !== 'active') throw new Refusal(controlErrors.PARTNER_ACCOUNT_FROZEN);
}

/** @throws Refusal VERSION_CONFLICT */
export function requireVersion(budget: Budget, expectedVersion: number): void {
  if (budget.version !== expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
}

/** What the wished type counts, the days before the change included (CUS-073, CUS-074). */
function usageAsWished(budget: Budget, { type }: BudgetWish, now: Instant) {
  const month = billingMonthOf(now);
  return loadUsage({ ...budget, type, typeSince: chosenSince(budget, type, month) }, month);
}
