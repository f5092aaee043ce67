import { requireAmount } from '#lib/budgets/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { Money } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { changed, requireVersion } from './change-group.ts';
import { groupErrors } from './errors.ts';
import type { Group } from './group.ts';

/**
 * A monthly budget over what all members use together. It alerts and restricts nothing (CUS-222).
 * @throws Refusal USAGE_OF_PARTNER_GROUP, BUDGET_AMOUNT_INVALID, VERSION_CONFLICT, GROUP_NOT_FOUND
 */
export async function setGroupBudget(
  { groupId, kind }: Group,
  amount: Money,
  expectedVersion: number,
  now: Instant,
): Promise<Group> {
  if (kind !== 'customer') throw new Refusal(groupErrors.USAGE_OF_PARTNER_GROUP);
  requireAmount(amount);
  return changed(groupId, 'budget-set', now, (before) => {
    requireVersion(before, expectedVersion);
    return { after: { ...before, budget: amount }, traced: { amount } };
  });
}

/** @throws Refusal GROUP_BUDGET_NOT_SET, GROUP_NOT_FOUND */
export const removeGroupBudget = ({ groupId }: Group, now: Instant): Promise<Group> =>
  changed(groupId, 'budget-removed', now, (before) => {
    if (before.budget === undefined) throw new Refusal(groupErrors.GROUP_BUDGET_NOT_SET);
    return { after: { ...before, budget: undefined } };
  });
