import type { Delivery, Threshold } from '#lib/budgets/index.ts';
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
  readonly delivery: Delivery;
}

type AlertKey = Pick<GroupAlert, 'groupId' | 'period' | 'threshold'>;
const keyOf = ({ groupId, period, threshold }: AlertKey) => keyFrom(groupId, period, textOf(threshold));
const keyFrom = (groupId: string, period: string, threshold: string) => ({
  pk: `GROUP#${groupId}`,
  sk: `ALERT#${period}#${threshold}`,
});
const textOf = (threshold: Threshold): string => String(threshold).padStart(3, '0');

/** By which messages name an alert. */
export const groupAlertId = ({ groupId, period, threshold }: AlertKey): string =>
  [groupId, period, textOf(threshold)].join('#');

/** The key is what may exist once. */
export const putGroupAlert = (alert: GroupAlert): Write => ({
  table: TABLE,
  put: {
    ...keyOf(alert),
    ...alert,
    amount: storeMoney(alert.amount),
    usage: storeMoney(alert.usage),
  },
  condition: 'attribute_not_exists(pk)',
});

/** As with a customer's alerts, a message that arrived counts, whatever happened to others and in whichever order (CUS-120). */
export function groupDeliveryWrite(alertId: string, delivery: Extract<Delivery, 'sent' | 'failed'>): Write | undefined {
  const [groupId = '', period = '', threshold = ''] = alertId.split('#');
  if (threshold === '') return undefined; // the alert of a customer's budget
  return {
    table: TABLE,
    update: keyFrom(groupId, period, threshold),
    set: 'SET delivery = :delivery',
    condition: delivery === 'sent' ? 'delivery IN (:pending, :failed)' : 'delivery = :pending',
    values: { ':delivery': delivery, ':pending': 'pending', ...(delivery === 'sent' ? { ':failed': 'failed' } : {}) },
  };
}

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
  const amounts = { amount: loadMoney(alert.amount), usage: loadMoney(alert.usage) };
  return { ...alert, ...amounts } as unknown as GroupAlert;
}
