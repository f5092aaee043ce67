import {
  batchIdOf,
  CONTROL_BATCH,
  type Controller,
  type ControlNote,
  type Customer,
  checkControlRequest,
  controlErrors,
  controlEvent,
  controlWrites,
  distinctCustomers,
  eachCustomer,
  type FrozenLevel,
  loadControlled,
  type Outcome,
  releaseEvents,
  requireFrozenAt,
  unfreeze,
} from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { ZERO } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { clearAlert } from './alert-store.ts';
import { replaceBudget } from './budget-store.ts';
import type { BudgetReading } from './budget-view.ts';
import { readBudget } from './read-budget.ts';
import { isExhausted } from './threshold.ts';
import { thresholdsAfterUnfreeze } from './unfreeze-decision.ts';

export interface UnfreezeRequest {
  readonly customerIds: readonly string[];
  readonly reason: string;
  readonly level: FrozenLevel;
}

interface Unfrozen {
  readonly customer: Customer;
  readonly notes: readonly ControlNote[];
}

/** What is wrong whoever confirms it (ORG-173). @throws Refusal PARTNER_ACCOUNT_FROZEN, REASON_INVALID, BATCH_SIZE */
export function checkUnfreezing(
  request: Pick<UnfreezeRequest, 'customerIds' | 'reason'>,
  { status }: PartnerStanding,
): void {
  if (status !== 'active') throw new Refusal(controlErrors.PARTNER_ACCOUNT_FROZEN); // CUS-016
  checkControlRequest(request);
}

/**
 * A person unfreezes customers (CUS-161 to CUS-169).
 * @throws Refusal PARTNER_ACCOUNT_FROZEN, REASON_INVALID, BATCH_SIZE; what concerns one customer is its own outcome
 */
export async function unfreezeCustomers(
  { customerIds, reason, level }: UnfreezeRequest,
  controller: Controller,
  now: Instant,
): Promise<Outcome<Unfrozen>[]> {
  checkUnfreezing({ customerIds, reason }, controller.standing);
  const distinct = distinctCustomers(customerIds, CONTROL_BATCH);
  const wish = { level, reason, batchId: batchIdOf(distinct, now) };
  return eachCustomer(distinct, controller.member, ({ customerId }) =>
    redecide(() => unfreezeOne(customerId, wish, controller, now)),
  );
}

async function unfreezeOne(
  customerId: string,
  { level, reason, batchId }: { level: FrozenLevel; reason: string; batchId?: string },
  { member, standing }: Controller,
  now: Instant,
): Promise<Unfrozen> {
  const { customer, guards } = await loadControlled(customerId, standing);
  requireFrozenAt(customer, level);
  const change = unfreeze(customer, { cause: 'manual', reason, batchId });
  const reading = await readBudget(customer, now);
  await transact({
    writes: [...controlWrites(customer, change, standing.partnerId), ...budgetWrites(reading, level, now), ...guards],
    events: [...releaseEvents(customer, now), controlEvent(change, member.id, now)],
    trace: { customerId, before: customer.control, after: change.after.control },
  });
  return { customer: change.after, notes: notesOf(reading) };
}

/**
 * Joined to every unfreezing, so that an evaluation at the same instant is decided before or after it, never half (CUS-028, CUS-111).
 */
function budgetWrites(reading: BudgetReading, level: FrozenLevel, now: Instant): Write[] {
  const { budget } = reading;
  if (budget.version === 0) return []; // nothing is stored, nothing evaluated
  const { thresholds, cleared } = thresholdsAfterUnfreeze(reading, level, now);
  return [
    replaceBudget(budget, { ...budget, evaluation: budget.evaluation + 1, thresholds }),
    ...cleared.map((alert) => clearAlert(alert, now)),
  ];
}

function notesOf({ budget, usage }: BudgetReading): ControlNote[] {
  if (budget.amount === ZERO) return ['BUDGET_NOT_SET']; // CUS-166
  const freezesAgain = budget.exhaustionMode === 'automatic' && isExhausted(usage, budget.amount);
  return freezesAgain ? ['WILL_FREEZE_AGAIN', 'PARTNER_OWES_PURCHASES'] : ['PARTNER_OWES_PURCHASES']; // CUS-162, CUS-164
}
