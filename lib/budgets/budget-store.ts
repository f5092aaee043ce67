import { getItem, getItems, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, storeMoney } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Budget } from './budget.ts';

const partition = (partnerId: string): string => `PARTNER#${partnerId}`;
const key = (partnerId: string, customerId: string) => ({ pk: partition(partnerId), sk: `BUDGET#${customerId}` });

/** `undefined`: never set (CUS-021). */
export async function loadBudget(partnerId: string, customerId: string): Promise<Budget | undefined> {
  const item = await getItem('budgets', key(partnerId, customerId));
  return item && toBudget(item);
}

/** Budgets of several customers; those never set are left out. */
export async function loadBudgets(
  customers: readonly Pick<Budget, 'partnerId' | 'customerId'>[],
): Promise<Map<string, Budget>> {
  const items = await getItems(
    'budgets',
    customers.map(({ partnerId, customerId }) => key(partnerId, customerId)),
  );
  return new Map(items.map(toBudget).map((budget) => [budget.customerId, budget]));
}

/** Budgets of a partner in the order of customer ids, strongly consistent. @param after the customer id to go on from */
export async function listBudgets(
  partnerId: string,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<{ budgets: Budget[]; next?: string }> {
  const startKey = after === undefined ? undefined : key(partnerId, after);
  const sk = { beginsWith: 'BUDGET#' };
  const page = await queryPage({ table: 'budgets', pk: partition(partnerId), sk, limit, startKey });
  const budgets = page.items.map(toBudget);
  return { budgets, next: page.nextKey && budgets.at(-1)?.customerId };
}

/** Stores a budget unless somebody set it or evaluation moved its thresholds since `before` was read (ConditionFailed). */
export function replaceBudget(before: Budget, after: Budget): Write {
  const { partnerId, customerId } = after;
  const put = { ...key(partnerId, customerId), ...after, amount: storeMoney(after.amount) };
  if (before.version === 0) return { table: 'budgets', put, condition: 'attribute_not_exists(pk)' };
  return {
    table: 'budgets',
    put,
    condition: 'version = :version AND evaluation = :evaluation',
    values: { ':version': before.version, ':evaluation': before.evaluation },
  };
}

/** Joined to a change that a budget allowed: nobody set or withdrew it since (ConditionFailed). */
export const budgetUnchanged = ({ partnerId, customerId, version }: Budget): Write => ({
  table: 'budgets',
  check: key(partnerId, customerId),
  condition: 'version = :seen',
  values: { ':seen': version },
});

function toBudget(item: Item): Budget {
  const { pk: _pk, sk: _sk, amount, ...budget } = item;
  return { ...budget, amount: loadMoney(amount) } as unknown as Budget;
}
