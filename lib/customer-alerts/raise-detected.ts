import { activeAssociation, loadCustomer, managingPartner } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { derivedId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed } from '#lib/shared/transaction.ts';
import { hasOpen } from './alert-store.ts';
import type { DetectorSettings, Window } from './detector.ts';
import { churnErrors } from './errors.ts';
import { raise } from './raise.ts';

const SCENARIO = 'usage-fall';

interface Finding {
  readonly partnerId: string;
  readonly customerId: string;
  readonly window: Window;
  readonly fallen: number;
  readonly settings: DetectorSettings;
}

/**
 * Raises what the detector found, unless an alert of the kind is unhandled (CUS-210). The id follows from customer and days: the same
 * finding, delivered again, is the same alert, also when that was handled in between.
 */
export async function raiseDetected({ partnerId, customerId, ...finding }: Finding, now: Instant): Promise<void> {
  const customer = await loadCustomer(customerId, { consistent: true });
  const association = customer && activeAssociation(customer);
  if (!customer || association?.partnerId !== partnerId) return; // what it used is history of another association
  if (await hasOpen(managingPartner(association), customerId, SCENARIO)) return;
  const alertId = derivedId('cal', partnerId, customerId, SCENARIO, finding.window.last);
  try {
    await raise(customer, association, { alertId, scenario: SCENARIO, ...textOf(finding) }, now);
  } catch (error) {
    if (error instanceof ConditionFailed) return; // raised before, or the association ended just now
    if (!(error instanceof Refusal) || error.definition !== churnErrors.ALERT_ALREADY_OPEN) throw error;
  }
}

const textOf = ({ window, fallen, settings }: Pick<Finding, 'window' | 'fallen' | 'settings'>) => ({
  title: `Unstable usage in ${settings.days} days`,
  details:
    `Metered usage at list price, ${window.first} to ${window.last}: it fell by more than ${settings.percent} percent ` +
    `against the day before on ${fallen} days.`,
});
