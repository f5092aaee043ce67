import { budgetChanged } from '#events/budgets.ts';
import {
  type Controlled,
  type Controller,
  controlEvent,
  controlWrites,
  releaseEvents,
  unfreeze,
} from '#lib/customers/index.ts';
import { exactText } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { appendAdjustment } from './adjustment-store.ts';
import { clearAlert } from './alert-store.ts';
import type { Budget } from './budget.ts';
import type { BudgetDecision } from './budget-decision.ts';
import { replaceBudget } from './budget-store.ts';
import type { BudgetReading } from './budget-view.ts';
import { chargeReseller } from './charge-reseller.ts';
import { chargeOf } from './quota.ts';
import type { Booking } from './reservation-store.ts';

export interface BudgetChange {
  readonly action: 'set' | 'withdraw';
  readonly controlled: Controlled;
  readonly decision: BudgetDecision;
  readonly controller: Controller;
  readonly unfreezeRequested: boolean;
  readonly batch?: BatchPart;
}

export interface BatchPart {
  readonly batchId: string;
  /** Room of the reseller's quota that the batch put aside. */
  readonly booking?: Booking;
}

/** Budget, adjustment, cleared alerts, quota, unfreezing, events and trace leave together (CUS-060, CUS-065, CUS-066, CUS-090). */
export async function commitBudget(change: BudgetChange, now: Instant): Promise<BudgetReading['customer']> {
  const { controlled, decision, controller, batch } = change;
  const { customer, association, guards } = controlled;
  const { before, after, cleared } = decision;
  const { member, standing } = controller;
  const lifting = decision.unfreeze ? unfreeze(customer, { cause: 'set-budget', batchId: batch?.batchId }) : undefined;
  const quota = await chargeReseller(
    { association, acting: standing, booking: batch?.booking },
    chargeOf(before, after),
    now,
  );
  const customerAfter = lifting?.after ?? customer;
  await transact({
    writes: [
      replaceBudget(before, after),
      appendAdjustment(decision, {
        actingPartnerId: standing.partnerId,
        action: change.action,
        unfreezeRequested: change.unfreezeRequested,
        freezeLevelAfter: customerAfter.control.freezeLevel,
        batchId: batch?.batchId,
      }),
      ...cleared.map((alert) => clearAlert(alert, now)),
      ...quota,
      ...(lifting ? controlWrites(customer, lifting, standing.partnerId) : []),
      ...guards,
    ],
    events: [
      changedEvent(change, now),
      ...(lifting ? [...releaseEvents(customer, now), controlEvent(lifting, member.id, now)] : []),
    ],
    trace: { customerId: customer.customerId, before: settingOf(before), after: settingOf(after) },
  });
  return customerAfter;
}

/** What a person decides about a budget; the state of the thresholds is not part of the audit trace. */
const settingOf = ({ type, amount, exhaustionMode, typeSince, version }: Budget) => ({
  type,
  amount: exactText(amount),
  exhaustionMode,
  typeSince,
  version,
});

function changedEvent({ action, controlled, decision, controller, batch }: BudgetChange, now: Instant): OutgoingEvent {
  const { customer, association } = controlled;
  const { type, amount, exhaustionMode, version } = decision.after;
  return event(
    budgetChanged,
    {
      customerId: customer.customerId,
      accountName: customer.accountName,
      partnerId: association.partnerId,
      resellerId: association.resellerId,
      action,
      type,
      amount: exactText(amount),
      exhaustionMode,
      budgetVersion: version,
      changedBy: controller.member.id,
      changedAt: now,
      batchId: batch?.batchId,
    },
    now,
  );
}
