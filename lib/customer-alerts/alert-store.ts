import { getItem, getItems, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { ChurnAlert } from './alert.ts';
import { churnErrors } from './errors.ts';

const key = (alertId: string) => ({ pk: `ALERT#${alertId}`, sk: 'ALERT' });
const openKey = (partnerId: string, customerId: string) => ({ pk: `CUSTOMER#${partnerId}#${customerId}`, sk: 'OPEN' });
const partnerIndex = { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'alertedKey' } } as const;
const resellerIndex = { index: 'byReseller', keys: { pk: 'resellerKey', sk: 'alertedKey' } } as const;

/** Scenarios are attributes of the customer's item of open alerts, so that one claim is one condition. */
const PREFIX = 'open:';

/** Put once: the id of a detected alert follows from what was detected. */
export const putAlert = (alert: ChurnAlert): Write => ({
  table: 'customer-alerts',
  put: {
    ...key(alert.alertId),
    ...alert,
    partnerKey: `${alert.partnerId}#${alert.resellerId ? 'resellers' : 'own'}`,
    resellerKey: alert.resellerId,
    alertedKey: `${alert.alertedAt}#${alert.alertId}`,
  },
  condition: 'attribute_not_exists(pk)',
});

/** CUS-210: one unhandled alert per scenario and customer. @throws Refusal ALERT_ALREADY_OPEN */
export const claimScenario = ({ partnerId, resellerId, customerId, scenario, alertId }: ChurnAlert): Write => ({
  table: 'customer-alerts',
  update: openKey(resellerId ?? partnerId, customerId),
  set: 'SET #scenario = :alert',
  condition: 'attribute_not_exists(#scenario)',
  names: { '#scenario': `${PREFIX}${scenario}` },
  values: { ':alert': alertId },
  onConflict: churnErrors.ALERT_ALREADY_OPEN,
});

export const releaseScenario = ({ partnerId, resellerId, customerId, scenario, alertId }: ChurnAlert): Write => ({
  table: 'customer-alerts',
  update: openKey(resellerId ?? partnerId, customerId),
  set: 'REMOVE #scenario',
  condition: '#scenario = :alert',
  names: { '#scenario': `${PREFIX}${scenario}` },
  values: { ':alert': alertId },
});

/** An unhandled alert alone is handled (ConditionFailed). */
export const handleWrite = ({ alertId, verdict, handledBy, handledAt }: ChurnAlert): Write => ({
  table: 'customer-alerts',
  update: key(alertId),
  set: 'SET #status = :handled, verdict = :verdict, handledBy = :by, handledAt = :at',
  condition: '#status = :unhandled',
  names: { '#status': 'status' },
  values: { ':handled': 'handled', ':unhandled': 'unhandled', ':verdict': verdict, ':by': handledBy, ':at': handledAt },
});

export async function loadAlert(alertId: string): Promise<ChurnAlert | undefined> {
  const item = await getItem('customer-alerts', key(alertId));
  return item && toAlert(item);
}

/**
 * Unhandled alerts of each customer; customers without any are left out. For showing, so half the price of a strong read will do: most
 * customers have no alert, and a key without an item is charged like one with.
 * @param of with the partner that deals with the customer
 */
export async function countOpen(
  of: readonly { readonly partnerId: string; readonly customerId: string }[],
): Promise<Map<string, number>> {
  const keys = of.map(({ partnerId, customerId }) => openKey(partnerId, customerId));
  const items = await getItems('customer-alerts', keys, { consistent: false });
  const byKey = new Map(items.map((item) => [item.pk, openScenarios(item)]));
  return new Map(
    of.flatMap(({ customerId }, i) => {
      const open = byKey.get(keys[i]?.pk)?.length ?? 0;
      return open > 0 ? [[customerId, open] as const] : [];
    }),
  );
}

/** Whether a scenario waits to be handled already; the claim decides. */
export async function hasOpen(partnerId: string, customerId: string, scenario: string): Promise<boolean> {
  const item = await getItem('customer-alerts', openKey(partnerId, customerId));
  return item !== undefined && `${PREFIX}${scenario}` in item;
}

const openScenarios = (item: Item): string[] => Object.keys(item).filter((name) => name.startsWith(PREFIX));

/** A tier-1 partner's alerts of its own or its resellers' customers, or a reseller's. */
export type AlertList =
  | { readonly of: 'partner'; readonly partnerId: string; readonly scope: 'own' | 'resellers' }
  | { readonly of: 'reseller'; readonly resellerId: string };

/** Newest first; a page may be short while `nextKey` says that more follow. */
export async function listAlerts(
  list: AlertList,
  status: ChurnAlert['status'] | undefined,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ alerts: ChurnAlert[]; nextKey?: Record<string, unknown> }> {
  const range =
    list.of === 'reseller'
      ? { ...resellerIndex, pk: list.resellerId }
      : { ...partnerIndex, pk: `${list.partnerId}#${list.scope}` };
  const filter = status && {
    expression: '#status = :status',
    names: { '#status': 'status' },
    values: { ':status': status },
  };
  const answer = await queryPage({ table: 'customer-alerts', ...range, newestFirst: true, filter, ...page });
  return { alerts: answer.items.map(toAlert), nextKey: answer.nextKey };
}

function toAlert(item: Item): ChurnAlert {
  const { pk: _pk, sk: _sk, partnerKey: _p, resellerKey: _r, alertedKey: _a, ...alert } = item;
  return alert as unknown as ChurnAlert;
}
