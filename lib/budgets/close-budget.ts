import { activeAssociation, type Customer, managingPartner } from '#lib/customers/index.ts';
import { ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { appendAdjustment } from './adjustment-store.ts';
import { clearAlert } from './alert-store.ts';
import { decideClosing } from './budget-decision.ts';
import { replaceBudget } from './budget-store.ts';
import { chargeOf } from './quota.ts';
import { chargeQuota } from './quota-store.ts';
import { presentBudget } from './read-budget.ts';

/**
 * The end of a customer's budget, to be joined to the transaction that ends its association in the reseller model (ORD-36, ORD-44): amount,
 * alerts and the reseller's quota. Also where nothing was set, so that a setting under way cannot come after it; what wrote the budget
 * meanwhile makes the transaction fail (ConditionFailed).
 */
export async function closeBudgetWrites(customer: Customer, now: Instant): Promise<Write[]> {
  const association = activeAssociation(customer);
  if (association?.type !== 'reseller') return [];
  const closing = decideClosing(await presentBudget({ customer, association }), now);
  const { before, after, cleared } = closing;
  const { resellerId } = association;
  const adjusting = {
    actingPartnerId: managingPartner(association),
    action: 'close',
    unfreezeRequested: false,
    freezeLevelAfter: 'none',
  } as const;
  return [
    replaceBudget(before, after),
    ...cleared.map((alert) => clearAlert(alert, now)),
    ...(before.amount > ZERO ? [appendAdjustment(closing, adjusting)] : []),
    ...(resellerId === undefined ? [] : chargeQuota(resellerId, chargeOf(before, after), false)),
  ];
}
