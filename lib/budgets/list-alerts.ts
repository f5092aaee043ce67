import { isVisible, loadCustomers } from '#lib/customers/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import type { PartnerType } from '#lib/shared/standing.ts';
import type { BudgetAlert } from './alert.ts';
import { type AlertFilter, type AlertList, listAlerts } from './alert-store.ts';

export interface AlertsOfPartner {
  /** A distributor's own or its resellers' customers, never mixed (CUS-048). */
  readonly scope: 'own' | 'resellers';
  readonly filter: AlertFilter;
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}

/** Alerts of the customers that a member may see, newest first; a page may be short while more follow (CUS-244, ORG-13 to ORG-18). */
export async function listAlertsOfPartner(
  member: Member,
  partnerType: PartnerType,
  { scope, filter, ...page }: AlertsOfPartner,
): ReturnType<typeof listAlerts> {
  const { partnerId } = member;
  const list: AlertList =
    partnerType === 'reseller' ? { of: 'reseller', resellerId: partnerId } : { of: 'partner', partnerId, scope };
  const { alerts, nextKey } = await listAlerts(list, filter, page);
  return { alerts: await visibleTo(member, alerts), nextKey };
}

/** An alert of a customer that has left is history of another association; a manager sees those of his customers alone. */
async function visibleTo(member: Member, alerts: readonly BudgetAlert[]): Promise<BudgetAlert[]> {
  const customers = await loadCustomers([...new Set(alerts.map(({ customerId }) => customerId))]);
  const visible = await Promise.all(customers.map((customer) => isVisible(member, customer)));
  const seen = new Set(customers.filter((_, i) => visible[i]).map(({ customerId }) => customerId));
  return alerts.filter(({ customerId }) => seen.has(customerId));
}
