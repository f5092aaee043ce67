import { type Controller, distinctCustomers, loadControlled } from '#lib/customers/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { requireAmount } from './budget-decision.ts';
import { requireUnfreezable } from './set-budget.ts';

interface WishForm {
  readonly amount: string;
  readonly unfreezeNow: boolean;
}

/** CUS-079. */
export const BUDGET_BATCH = 100;

/**
 * What is wrong with a wish whoever confirms it, said before a code is asked for (ORG-173).
 * @throws Refusal CONTROL_NOT_AUTHORIZED, CONTROL_DELEGATED, NOT_RESELLER_MODEL, BUDGET_AMOUNT_INVALID, PARTNER_ACCOUNT_FROZEN
 */
export async function checkBudgetWish(customerId: string, wish: WishForm, controller: Controller): Promise<void> {
  await loadControlled(customerId, controller.standing);
  checkForm(wish, controller);
}

/** As `checkBudgetWish`, for a batch; its customers are judged one by one. @throws Refusal BATCH_SIZE, too */
export function checkBatchWish(customerIds: readonly string[], wish: WishForm, controller: Controller): void {
  distinctCustomers(customerIds, BUDGET_BATCH);
  checkForm(wish, controller);
}

/** As `checkBudgetWish`, for a withdrawal. @throws Refusal PARTNER_INACTIVE and those of control */
export async function checkWithdrawal(customerId: string, { standing }: Pick<Controller, 'standing'>): Promise<void> {
  // CUS-004: of what an inactive partner may still do, CUS-016 names setting and freezing only.
  if (standing.status !== 'active') throw new Refusal(sharedErrors.PARTNER_INACTIVE);
  await loadControlled(customerId, standing);
}

function checkForm(wish: WishForm, controller: Controller): void {
  requireAmount(parseMoney(wish.amount));
  requireUnfreezable(wish, controller);
}
