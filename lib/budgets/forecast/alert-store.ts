import { getItem, getItems } from '#lib/shared/dynamodb.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';

const switchKey = (partnerId: string) => ({ pk: `PARTNER#${partnerId}`, sk: 'FORECAST-ALERTS' });
const alertedKey = (partnerId: string, customerId: string, month: BillingMonth) => ({
  pk: `FORECASTS#${partnerId}#${customerId}`,
  sk: month,
});

/** Off unless a partner switched it on. */
export async function loadForecastAlerts(partnerId: string): Promise<boolean> {
  return (await getItem('budgets', switchKey(partnerId)))?.enabled === true;
}

/** The last one to switch wins; both wanted what they said. */
export const putForecastAlerts = (partnerId: string, enabled: boolean): Write => ({
  table: 'budgets',
  put: { ...switchKey(partnerId), enabled },
});

/** Those of the partners that want to be told. */
export async function listenersAmong(partnerIds: readonly string[]): Promise<Set<string>> {
  const items = await getItems('budgets', [...new Set(partnerIds)].map(switchKey));
  return new Set(items.filter(({ enabled }) => enabled).map(({ pk }) => String(pk).slice('PARTNER#'.length)));
}

/** Once per customer and month (ConditionFailed). */
export const putForecastAlerted = (
  { partnerId, customerId }: { readonly partnerId: string; readonly customerId: string },
  month: BillingMonth,
  now: Instant,
): Write => ({
  table: 'budgets',
  put: { ...alertedKey(partnerId, customerId, month), alertedAt: now },
  condition: 'attribute_not_exists(pk)',
});
