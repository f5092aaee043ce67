import {
  type Controller,
  type Customer,
  distinctCustomers,
  eachCustomer,
  isVisible,
  loadCustomers,
  type Outcome,
} from '#lib/customers/index.ts';
import { newId } from '#lib/shared/ids.ts';
import { add, type Money, ZERO } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { requireAmount } from './budget-decision.ts';
import { loadBudgets } from './budget-store.ts';
import { requireRoomIn } from './charge-reseller.ts';
import { BUDGET_BATCH } from './check-wish.ts';
import { chargeOf, kindOf } from './quota.ts';
import { type Booking, release, reserve } from './reservation-store.ts';
import { type BudgetOutcome, requireUnfreezable, type SetBudgetWish, setBudget } from './set-budget.ts';

export type BatchWish = Omit<SetBudgetWish, 'customerId' | 'expectedVersion'>;

export interface BatchResult {
  readonly batchId: string;
  readonly outcomes: readonly Outcome<BudgetOutcome>[];
}

/**
 * Sets the same budget for many customers, each succeeding or failing alone (CUS-078 to CUS-083). A reseller's batch is first checked
 * as a whole, its room put aside: if it does not fit, nothing is set (CUS-081).
 * @throws Refusal BATCH_SIZE, BUDGET_AMOUNT_INVALID, PARTNER_ACCOUNT_FROZEN, QUOTA_EXCEEDED
 */
export async function batchSetBudgets(
  customerIds: readonly string[],
  wish: BatchWish,
  controller: Controller,
  now: Instant,
): Promise<BatchResult> {
  const distinct = distinctCustomers(customerIds, BUDGET_BATCH);
  requireAmount(wish.amount);
  requireUnfreezable(wish, controller);
  const batchId = newId('bat', now);
  if (!isHeldToQuota(controller))
    return { batchId, outcomes: await setAll(distinct, wish, controller, now, { batchId }) };

  const booking: Booking = { resellerId: controller.standing.partnerId, batchId, kind: kindOf(wish.type) };
  const charges = await chargesOf(distinct, wish, controller);
  await redecide(() => bookRoom(booking, [...charges.values()].reduce(add, ZERO), now));
  try {
    // What is given back comes first, so that the batch can use it.
    const order = distinct.toSorted((a, b) => compare(charges.get(a), charges.get(b)));
    const outcomes = await setAll(order, wish, controller, now, { batchId, booking });
    return { batchId, outcomes: outcomes.toSorted(inOrderOf(distinct)) };
  } finally {
    await release(booking);
  }
}

const isHeldToQuota = ({ standing }: Controller): boolean =>
  standing.type === 'reseller' && standing.grants.includes('budget-and-freeze');

const setAll = (
  customerIds: readonly string[],
  wish: BatchWish,
  controller: Controller,
  now: Instant,
  batch: { readonly batchId: string; readonly booking?: Booking },
): Promise<Outcome<BudgetOutcome>[]> =>
  eachCustomer(customerIds, controller.member, ({ customerId }) =>
    setBudget({ ...wish, customerId }, controller, now, batch),
  );

/** What each customer that will be set takes of the wished type's quota, its replaced budget given back (CUS-081, CUS-087). */
async function chargesOf(
  customerIds: readonly string[],
  wish: BatchWish,
  { member }: Controller,
): Promise<Map<string, Money>> {
  const customers = await loadCustomers(customerIds);
  const visible = await Promise.all(customers.map((customer) => isVisible(member, customer)));
  const settable = customers.filter((customer, i) => visible[i] && customer.association?.type === 'reseller');
  const budgets = await loadBudgets(settable.map(toBudgetKey));
  return new Map(
    settable.map(({ customerId }) => {
      const before = budgets.get(customerId) ?? { type: wish.type, amount: ZERO };
      return [customerId, chargeOf(before, wish)[kindOf(wish.type)]];
    }),
  );
}

const toBudgetKey = ({ customerId, association }: Customer) => ({
  partnerId: association?.partnerId ?? '',
  customerId,
});

async function bookRoom(booking: Booking, needed: Money, now: Instant): Promise<void> {
  const charge = { monthly: ZERO, oneTime: ZERO, [booking.kind]: needed };
  await requireRoomIn(booking.resellerId, charge, now);
  await reserve(booking, needed, now);
}

const compare = (a: Money = ZERO, b: Money = ZERO): number => (a < b ? -1 : a > b ? 1 : 0);

const inOrderOf = (customerIds: readonly string[]) => (a: Outcome<unknown>, b: Outcome<unknown>) =>
  customerIds.indexOf(a.customerId) - customerIds.indexOf(b.customerId);
