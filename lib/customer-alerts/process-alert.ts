import { customerAlertHandled } from '#events/customer-alerts.ts';
import { customerUnchanged, managesFor, managingPartner } from '#lib/customers/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type ChurnAlert, isResponsible, responsibleFor, type Verdict } from './alert.ts';
import { customerAlertScope, type SeenAlert } from './alert-scope.ts';
import { handleWrite, releaseScenario } from './alert-store.ts';
import { churnErrors } from './errors.ts';

/**
 * CUS-009, CUS-211 to CUS-216: the one responsible now closes the alert for good. Who that is is held by the customer's version: a
 * manager changed at the same moment decides anew.
 * @throws Refusal CUSTOMER_ALERT_NOT_FOUND, ALERT_NOT_YOURS, ALERT_ALREADY_HANDLED
 */
export async function processAlert(
  alertId: string,
  verdict: Verdict,
  member: Member,
  now: Instant,
): Promise<ChurnAlert> {
  return redecide(async () => {
    const { alert, customer } = await requireAlert(alertId, member);
    await requireResponsible(member, customer);
    if (alert.status === 'handled') throw new Refusal(churnErrors.ALERT_ALREADY_HANDLED);
    const after: ChurnAlert = { ...alert, status: 'handled', verdict, handledBy: member.id, handledAt: now };
    const { customerId, partnerId, resellerId, scenario } = alert;
    const { note: _note, ...said } = verdict;
    const detail = {
      alertId,
      customerId,
      partnerId,
      resellerId,
      scenario,
      ...said,
      handledBy: member.id,
      handledAt: now,
    };
    await transact({
      writes: [handleWrite(after), releaseScenario(alert), customerUnchanged(customer)],
      events: [event(customerAlertHandled, detail, now)],
      trace: { customerId, before: { alertId, status: alert.status }, after: { alertId, status: 'handled', verdict } },
    });
    return after;
  });
}

async function requireAlert(alertId: string, member: Member): Promise<SeenAlert> {
  const seen = await customerAlertScope.load(member, alertId, { consistent: true });
  if (!seen) throw new Refusal(churnErrors.CUSTOMER_ALERT_NOT_FOUND);
  return seen;
}

async function requireResponsible(member: Member, { association }: SeenAlert['customer']): Promise<void> {
  if (!association) throw new Refusal(churnErrors.CUSTOMER_ALERT_NOT_FOUND);
  const partnerId = managingPartner(association);
  const managerId = association.accountManagers[partnerId];
  const manages = managerId !== undefined && (await managesFor(managerId, partnerId));
  if (!isResponsible(member, responsibleFor(partnerId, managerId, manages)))
    throw new Refusal(churnErrors.ALERT_NOT_YOURS);
}
