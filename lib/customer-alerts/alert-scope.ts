import {
  type Customer,
  isOfPartner,
  isVisible,
  loadCustomer,
  loadCustomers,
  managingPartner,
} from '#lib/customers/index.ts';
import type { Actor, Member } from '#lib/shared/actor.ts';
import type { Scope } from '#lib/shared/operation.ts';
import type { ChurnAlert } from './alert.ts';
import { countOpen, loadAlert } from './alert-store.ts';
import { churnErrors } from './errors.ts';

/** An alert with its customer, who says whose it is to handle. */
export interface SeenAlert {
  readonly alert: ChurnAlert;
  readonly customer: Customer;
  readonly customerId: string;
}

/** The alert named in the path, if the caller may know of it. */
export const customerAlertScope: Scope<SeenAlert> = {
  name: 'customer-alert',
  parameter: 'alertId',
  notFound: churnErrors.CUSTOMER_ALERT_NOT_FOUND,
  load: async (actor, alertId, options) => {
    const alert = await loadAlert(alertId);
    const customer = alert && (await loadCustomer(alert.customerId, options));
    if (!customer || !(await seesAlert(actor, alert, customer))) return undefined;
    return { alert, customer, customerId: alert.customerId };
  },
};

/**
 * CUS-008, CUS-013, ORG-17: operators all; of a partner's members those who may view all alerts, others inside their data scope. An
 * alert of an association that is over is nobody's.
 */
async function seesAlert(actor: Actor, alert: ChurnAlert, customer: Customer): Promise<boolean> {
  if (!belongsTo(alert, customer)) return false;
  if (actor.kind === 'operator') return true;
  if (actor.kind !== 'member') return false;
  return viewsAll(actor) ? isOfPartner(actor.partnerId, customer) : isVisible(actor, customer);
}

/** ORG-17: whether alerts of the customers that a caller sees are for its eyes at all; those of a customer itself never are. */
export const seesAlerts = (actor: Actor): boolean =>
  actor.kind === 'operator' || (actor.kind === 'member' && (viewsAll(actor) || actor.permissions.has('alert.handle')));

const viewsAll = ({ permissions }: Member): boolean => permissions.has('alert.view-all');

const belongsTo = (alert: ChurnAlert, { association }: Customer): boolean =>
  association !== undefined &&
  association.endedAt === undefined &&
  managingPartner(association) === managingPartner(alert);

/** Those of the alerts that the caller may see, each with its customer. */
export async function seenOf(actor: Actor, alerts: readonly ChurnAlert[]): Promise<SeenAlert[]> {
  const customers = await loadCustomers([...new Set(alerts.map(({ customerId }) => customerId))]);
  const byId = new Map(customers.map((customer) => [customer.customerId, customer]));
  const seen = await Promise.all(
    alerts.map(async (alert): Promise<SeenAlert[]> => {
      const customer = byId.get(alert.customerId);
      if (!customer || !(await seesAlert(actor, alert, customer))) return [];
      return [{ alert, customer, customerId: alert.customerId }];
    }),
  );
  return seen.flat();
}

/** How many alerts of each customer wait to be handled (CUS-208), 0 included. */
export async function countUnhandled(customers: readonly Customer[]): Promise<ReadonlyMap<string, number>> {
  const associated = customers.flatMap(({ customerId, association }) =>
    association && association.endedAt === undefined ? [{ partnerId: managingPartner(association), customerId }] : [],
  );
  const open = await countOpen(associated);
  return new Map(customers.map(({ customerId }) => [customerId, open.get(customerId) ?? 0]));
}
