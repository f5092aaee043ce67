import { budgetAlertRaised } from '#events/budgets.ts';
import {
  type ControlChange,
  type Customer,
  controlEvent,
  controlWrites,
  type FreezeLevel,
  freezeForExhaustion,
  loadCustomer,
  releaseEvents,
  retentionDays,
  unfreeze,
} from '#lib/customers/index.ts';
import { count } from '#lib/shared/log.ts';
import { exactText } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { clearAlert, putAlert } from './alert-store.ts';
import { loadBudget, replaceBudget } from './budget-store.ts';
import { assess, decideEvaluation, type Evaluation } from './evaluation.ts';
import { liftsAtMonthRestore } from './settings.ts';
import { loadUsage } from './usage.ts';

/**
 * Evaluates one budget: thresholds, alerts, automatic freeze, the turn of the month. All of it is one transaction under the budget's
 * counters and the customer's version, so that doing it twice, late or beside somebody's change does it once and right.
 */
export async function evaluateCustomer(partnerId: string, customerId: string, now: Instant): Promise<void> {
  await redecide(async () => {
    const budget = await loadBudget(partnerId, customerId);
    if (!budget) return;
    const usage = await loadUsage(budget, billingMonthOf(now));
    const assessment = assess(budget, usage, now);
    if (!assessment) return;
    const customer = await loadCustomer(customerId, { consistent: true });
    if (!customer || !isControlledBy(partnerId, customer)) return;
    const facts = {
      budget,
      usage,
      customer: { accountName: customer.accountName, resellerId: customer.association?.resellerId },
      control: customer.control,
      liftsAtRestore: liftsAtMonthRestore(),
    };
    await commitEvaluation(decideEvaluation(assessment, facts, now), customer, now);
  });
}

const isControlledBy = (partnerId: string, { association }: Customer): boolean =>
  association?.partnerId === partnerId && association.type === 'reseller' && association.endedAt === undefined;

async function commitEvaluation(evaluation: Evaluation, customer: Customer, now: Instant): Promise<void> {
  const { before, after, alerts, cleared } = evaluation;
  const change = controlChange(evaluation, customer, now);
  const freezeLevel = (change?.after ?? customer).control.freezeLevel;
  await transact({
    writes: [
      replaceBudget(before, after),
      ...alerts.map(putAlert),
      ...cleared.map((alert) => clearAlert(alert, now)),
      ...(change ? controlWrites(customer, change, before.partnerId) : []),
    ],
    events: [
      ...(alerts.length > 0 ? [alertEvent(evaluation, freezeLevel, now)] : []),
      ...(change ? [...releaseEvents(customer, now), controlEvent(change, 'system', now)] : []),
    ],
    trace: {
      partnerId: before.partnerId,
      customerId: before.customerId,
      before: { thresholds: before.thresholds, freezeLevel: customer.control.freezeLevel },
      after: { thresholds: after.thresholds, freezeLevel },
    },
  });
  if (alerts.length > 0) count('AlertsRaised', alerts.length);
  if (evaluation.control.action === 'freeze') count('AccountsFrozen');
}

function controlChange({ control }: Evaluation, customer: Customer, now: Instant): ControlChange | undefined {
  switch (control.action) {
    case 'none':
      return undefined;
    case 'freeze':
      return freezeForExhaustion(customer, { level: control.level, retentionDays: retentionDays() }, now);
    case 'unfreeze':
      return unfreeze(customer, { cause: 'budget-restored', reason: 'A new month began.' });
  }
}

/** CUS-107: one message, for the highest threshold. */
function alertEvent({ alerts, control }: Evaluation, freezeLevel: FreezeLevel, now: Instant): OutgoingEvent {
  const highest = alerts.at(-1);
  if (!highest) throw new TypeError('no alert to tell of');
  return event(
    budgetAlertRaised,
    {
      alertIds: alerts.map(({ alertId }) => alertId),
      customerId: highest.customerId,
      accountName: highest.accountName,
      partnerId: highest.partnerId,
      resellerId: highest.resellerId,
      budgetType: highest.budgetType,
      amount: exactText(highest.amount),
      usage: exactText(highest.usage),
      percent: highest.percent,
      threshold: highest.threshold,
      period: highest.periodKey,
      exhaustionMode: highest.exhaustionMode,
      restriction: restrictionOf(highest, freezeLevel),
      frozenNow: control.action === 'freeze',
      raisedAt: now,
    },
    now,
  );
}

/** Columns B to F of CUS-124, as far as purchases go. */
function restrictionOf({ threshold, exhaustionMode }: Evaluation['alerts'][number], freezeLevel: FreezeLevel) {
  if (freezeLevel === 'account-and-resources') return 'resources-frozen';
  if (freezeLevel === 'account') return 'account-frozen';
  if (threshold < 100) return 'none';
  return exhaustionMode === 'automatic' ? 'all-purchases' : 'prepaid-purchases';
}
