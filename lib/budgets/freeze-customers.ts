import {
  batchIdOf,
  CONTROL_BATCH,
  type Controller,
  type Customer,
  checkControlRequest,
  controlEvent,
  controlWrites,
  decideFreeze,
  distinctCustomers,
  eachCustomer,
  type FrozenLevel,
  loadControlled,
  type Outcome,
  retentionDays,
} from '#lib/customers/index.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { clearAlert } from './alert-store.ts';
import type { Budget } from './budget.ts';
import { replaceBudget } from './budget-store.ts';
import { readBudget } from './read-budget.ts';
import { reachedThresholds } from './threshold.ts';
import { rearm } from './threshold-state.ts';

export interface FreezeRequest {
  readonly customerIds: readonly string[];
  readonly reason: string;
  readonly level: FrozenLevel;
}

/**
 * A person freezes customers (CUS-145 to CUS-157); also a partner whose own account is frozen may (CUS-016).
 * @throws Refusal REASON_INVALID, BATCH_SIZE; what concerns one customer is its own outcome
 */
export async function freezeCustomers(
  { customerIds, reason, level }: FreezeRequest,
  { member, standing }: Controller,
  now: Instant,
): Promise<Outcome<{ customer: Customer }>[]> {
  checkControlRequest({ customerIds, reason });
  const distinct = distinctCustomers(customerIds, CONTROL_BATCH);
  const wish = { level, reason, retentionDays: retentionDays(), batchId: batchIdOf(distinct, now) };
  return eachCustomer(distinct, member, ({ customerId }) =>
    redecide(async () => {
      const { customer, guards } = await loadControlled(customerId, standing);
      const change = decideFreeze(customer, wish, now);
      const clearing = customer.control.freezeCause === 'budget-exhaustion' ? await clearedAlerts(customer, now) : [];
      await transact({
        writes: [...controlWrites(customer, change, standing.partnerId), ...clearing, ...guards],
        events: [controlEvent(change, member.id, now)],
        trace: { customerId, before: customer.control, after: change.after.control },
      });
      return { customer: change.after };
    }),
  );
}

/** CUS-039: a raised budget's alert of 100 percent waited for the end of the freeze for exhaustion, which a person now takes over. */
async function clearedAlerts(customer: Customer, now: Instant): Promise<Write[]> {
  const { budget, usage } = await readBudget(customer, now);
  const { state, cleared } = rearm(budget.thresholds, reachedThresholds(usage, budget.amount), false);
  if (cleared.length === 0) return [];
  const after: Budget = { ...budget, evaluation: budget.evaluation + 1, thresholds: state };
  return [replaceBudget(budget, after), ...cleared.map((alert) => clearAlert(alert, now))];
}
