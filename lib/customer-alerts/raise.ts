import { customerAlertRaised } from '#events/customer-alerts.ts';
import { type Association, activeAssociation, associationUnchanged, type Customer } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { event } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { ChurnAlert } from './alert.ts';
import { claimScenario, putAlert } from './alert-store.ts';
import { churnErrors } from './errors.ts';

export interface AlertWish {
  readonly scenario: string;
  readonly title: string;
  readonly details: string;
}

/**
 * Raises an alert of a model outside (CUS-209).
 * @throws Refusal ALERT_ALREADY_OPEN (CUS-210), CUSTOMER_NOT_ASSOCIATED
 */
export async function acceptAlert(customer: Customer, wish: AlertWish, now: Instant): Promise<ChurnAlert> {
  const association = activeAssociation(customer);
  if (!association) throw new Refusal(churnErrors.CUSTOMER_NOT_ASSOCIATED);
  return raise(customer, association, { ...wish, alertId: newId('cal', now) }, now);
}

/** @throws Refusal ALERT_ALREADY_OPEN; ConditionFailed for an alert that exists or an association that is over */
export async function raise(
  { customerId, accountName }: Customer,
  association: Association,
  wish: AlertWish & { readonly alertId: string },
  now: Instant,
): Promise<ChurnAlert> {
  const { partnerId, resellerId } = association;
  const of = { customerId, accountName, partnerId, resellerId };
  const alert: ChurnAlert = { ...wish, ...of, alertType: 'loss', alertedAt: now, status: 'unhandled' };
  const { alertId, scenario } = alert;
  await transact({
    writes: [putAlert(alert), claimScenario(alert), associationUnchanged(customerId, association)],
    events: [event(customerAlertRaised, { ...of, alertId, scenario, alertType: 'loss', alertedAt: now }, now)],
    trace: { partnerId, customerId, after: { alertId, scenario } },
  });
  return alert;
}
