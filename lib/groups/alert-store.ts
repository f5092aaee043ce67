import type { Threshold } from '#lib/budgets/index.ts';
import { type Item, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, storeMoney } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';

const TABLE = 'groups';

/** A threshold of a group's budget that its members' usage reached, with the values of that moment; one per month and threshold. */
export interface GroupAlert {
  readonly groupId: string;
  readonly period: BillingMonth;
  readonly threshold: Threshold;
  readonly amount: Money;
  readonly usage: Money;
  readonly percent: string;
  readonly raisedAt: Instant;
}

/** The key is what may exist once. */
export const putGroupAlert = (alert: GroupAlert): Write => ({
  table: TABLE,
  put: {
    pk: `GROUP#${alert.groupId}`,
    sk: `ALERT#${alert.period}#${String(alert.threshold).padStart(3, '0')}`,
    ...alert,
    amount: storeMoney(alert.amount),
    usage: storeMoney(alert.usage),
  },
  condition: 'attribute_not_exists(pk)',
});

/** Newest month and highest threshold first. */
export async function listGroupAlerts(
  groupId: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ alerts: GroupAlert[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: TABLE,
    pk: `GROUP#${groupId}`,
    sk: { beginsWith: 'ALERT#' },
    newestFirst: true,
    ...page,
  });
  return { alerts: answer.items.map(toAlert), nextKey: answer.nextKey };
}

function toAlert(item: Item): GroupAlert {
  const { pk: _pk, sk: _sk, ...alert } = item;
  return { ...alert, amount: loadMoney(alert.amount), usage: loadMoney(alert.usage) } as unknown as GroupAlert;
}
