import { getItem, type Item, type ItemPage, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, storeMoney } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { AlertStatus, BudgetAlert, Delivery } from './alert.ts';
import type { OpenAlert } from './budget.ts';
import type { Threshold } from './threshold.ts';

const key = (alertId: string) => ({ pk: `ALERT#${alertId}`, sk: 'ALERT' });
const customerIndex = { index: 'byCustomer', keys: { pk: 'customerKey', sk: 'raisedKey' } } as const;
const partnerIndex = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'raisedKey' } } as const;
const resellerIndex = { index: 'byReseller', keys: { pk: 'resellerKey', sk: 'raisedKey' } } as const;

/** An alert exists once per threshold, period and occurrence: its id is its key (CUS-105). */
export const putAlert = (alert: BudgetAlert): Write => ({
  table: 'budgets',
  put: {
    ...key(alert.alertId),
    ...alert,
    amount: storeMoney(alert.amount),
    usage: storeMoney(alert.usage),
    customerKey: `${alert.partnerId}#${alert.customerId}`,
    partnerKey: `${alert.partnerId}#${alert.resellerId ? 'resellers' : 'own'}`,
    resellerKey: alert.resellerId,
    raisedKey: `${alert.raisedAt}#${alert.alertId}`,
  },
  condition: 'attribute_not_exists(pk)',
});

/** Final, whatever became of the alert before (CUS-038, CUS-039). */
export const clearAlert = ({ alertId }: OpenAlert, now: Instant): Write => ({
  table: 'budgets',
  update: key(alertId),
  set: 'SET #status = :cleared, clearedAt = :now',
  condition: 'attribute_exists(pk)',
  names: { '#status': 'status' },
  values: { ':cleared': 'cleared', ':now': now },
});

/** An open alert alone can be acknowledged (ConditionFailed). */
export const acknowledgeWrite = (alertId: string, memberId: string, now: Instant): Write => ({
  table: 'budgets',
  update: key(alertId),
  set: 'SET #status = :acknowledged, acknowledgedBy = :member, acknowledgedAt = :now',
  condition: '#status = :open',
  names: { '#status': 'status' },
  values: { ':acknowledged': 'acknowledged', ':open': 'open', ':member': memberId, ':now': now },
});

/**
 * What became of the messages about an alert (CUS-120). One that arrived counts, whatever happened to the others and in whichever order
 * this is heard (ConditionFailed); a superseded alert has no message of its own.
 */
export const deliveryWrite = (alertId: string, delivery: Extract<Delivery, 'sent' | 'failed'>): Write => ({
  table: 'budgets',
  update: key(alertId),
  set: 'SET delivery = :delivery',
  condition: delivery === 'sent' ? 'delivery IN (:pending, :failed)' : 'delivery = :pending',
  values: { ':delivery': delivery, ':pending': 'pending', ...(delivery === 'sent' ? { ':failed': 'failed' } : {}) },
});

export async function loadAlert(alertId: string): Promise<BudgetAlert | undefined> {
  const item = await getItem('budgets', key(alertId));
  return item && toAlert(item);
}

export interface AlertFilter {
  readonly threshold?: Threshold;
  readonly status?: AlertStatus;
  /** Month, or month since when a one-time budget counts. */
  readonly period?: BillingMonth;
}

/** Whose alerts: one customer's, a tier-1 partner's of its own or its resellers' customers, or a reseller's. */
export type AlertList =
  | { readonly of: 'customer'; readonly partnerId: string; readonly customerId: string }
  | { readonly of: 'partner'; readonly partnerId: string; readonly scope: 'own' | 'resellers' }
  | { readonly of: 'reseller'; readonly resellerId: string };

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

/** Newest first; with a filter a page may be short while `nextKey` says that more follow. */
export async function listAlerts(
  list: AlertList,
  filter: AlertFilter,
  page: Page,
): Promise<{ alerts: BudgetAlert[]; nextKey?: ItemPage['nextKey'] }> {
  const answer = await queryPage({
    table: 'budgets',
    ...rangeOf(list),
    newestFirst: true,
    filter: toFilter(filter),
    ...page,
  });
  return { alerts: answer.items.map(toAlert), nextKey: answer.nextKey };
}

function rangeOf(list: AlertList) {
  switch (list.of) {
    case 'customer':
      return { ...customerIndex, pk: `${list.partnerId}#${list.customerId}` };
    case 'partner':
      return { ...partnerIndex, pk: `${list.partnerId}#${list.scope}` };
    case 'reseller':
      return { ...resellerIndex, pk: list.resellerId };
  }
}

function toFilter({ threshold, status, period }: AlertFilter) {
  const wanted = Object.entries({ threshold, status, periodKey: period }).filter(([, value]) => value !== undefined);
  if (wanted.length === 0) return undefined;
  return {
    expression: wanted.map(([name]) => `#${name} = :${name}`).join(' AND '),
    names: Object.fromEntries(wanted.map(([name]) => [`#${name}`, name])),
    values: Object.fromEntries(wanted.map(([name, value]) => [`:${name}`, value])),
  };
}

function toAlert(item: Item): BudgetAlert {
  const { pk: _pk, sk: _sk, customerKey: _c, partnerKey: _p, resellerKey: _r, raisedKey: _a, ...alert } = item;
  const amounts = { amount: loadMoney(alert.amount), usage: loadMoney(alert.usage) };
  return { ...alert, ...amounts } as unknown as BudgetAlert;
}
