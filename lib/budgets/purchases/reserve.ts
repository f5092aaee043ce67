import { type Controlled, type Customer, customerUnchanged } from '#lib/customers/index.ts';
import { usageNotGrown } from '#lib/expenditures/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { exactText, type Money, subtract, sum, ZERO } from '#lib/shared/money.ts';
import { billingMonthOf, type Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import type { Budget } from '../budget.ts';
import { budgetUnchanged } from '../budget-store.ts';
import { presentBudget } from '../read-budget.ts';
import { type CountedMonth, loadCounted } from '../usage.ts';
import { giveBackEnded } from './end-purchases.ts';
import { purchaseErrors } from './errors.ts';
import { type Purchase, type PurchaseWish, remainingOf, reservePurchase } from './purchase.ts';
import { loadHeld, loadPurchase, putNewPurchase, takeHold } from './purchase-store.ts';

/** What a purchase is decided on. */
export interface PurchaseFacts {
  readonly customer: Customer;
  readonly association: Controlled['association'];
  readonly budget: Budget;
  /** Every month that counts against the budget, and their sum. */
  readonly months: readonly CountedMonth[];
  readonly usage: Money;
}

export async function loadPurchaseFacts(
  of: Pick<PurchaseFacts, 'customer' | 'association'>,
  now: Instant,
): Promise<PurchaseFacts> {
  const budget = await presentBudget(of);
  const months = budget.amount === ZERO ? [] : await loadCounted(budget, billingMonthOf(now));
  return { ...of, budget, months, usage: sum(months.map(({ counting }) => counting)) };
}

/** The same purchase asked for again. @throws Refusal PURCHASE_ENDED, PURCHASE_CONFLICT */
export async function knownPurchase(
  { partnerId, customerId }: Pick<Budget, 'partnerId' | 'customerId'>,
  wish: PurchaseWish,
  now: Instant,
): Promise<Purchase | undefined> {
  const known = await loadPurchase({ partnerId, customerId, purchaseId: wish.purchaseId });
  if (!known) return undefined;
  const { action, billingMode, amount } = wish;
  if (known.action !== action || known.billingMode !== billingMode || known.amount !== amount)
    throw new Refusal(purchaseErrors.PURCHASE_CONFLICT);
  if (known.status !== 'reserved' || known.until <= now) throw new Refusal(purchaseErrors.PURCHASE_ENDED);
  return known;
}

/**
 * Puts the amount aside, or says what is left. Usage was read before what is held, so a record that arrived in between weighs twice at
 * most, never nowhere. A no is said only once nothing is left to be given back; a yes holds only if no counter has grown and customer
 * and setting are as they were read (else ConditionFailed).
 */
export async function reserve(
  facts: PurchaseFacts,
  wish: PurchaseWish,
  now: Instant,
): Promise<Purchase | { readonly remaining: Money }> {
  const { budget, usage } = facts;
  const held = await loadHeld(budget);
  const remaining = remainingOf(budget.amount, usage, held);
  if (wish.amount > remaining) {
    const outdated = (await giveBackEnded(budget, held, now)) || (await knownPurchase(budget, wish, now)) !== undefined;
    if (outdated) throw new ConditionFailed(new Map());
    return { remaining };
  }
  const { partnerId, customerId } = budget;
  const purchase = reservePurchase({ partnerId, customerId }, wish, now);
  await commitReservation(purchase, facts);
  return purchase;
}

/** A transaction has room for so many; late records reach back some months, not seven years. */
const MOST_COUNTERS = 84;

async function commitReservation(purchase: Purchase, facts: PurchaseFacts): Promise<void> {
  const { budget, usage, customer, months } = facts;
  const { purchaseId, partnerId, customerId, amount, until } = purchase;
  await transact({
    writes: [
      takeHold(purchase, amount, subtract(subtract(budget.amount, usage), amount)),
      ...putNewPurchase(purchase),
      customerUnchanged(customer),
      budgetUnchanged(budget),
      ...months.slice(-MOST_COUNTERS).map(usageNotGrown),
    ],
    trace: { partnerId, customerId, after: { purchaseId, amount: exactText(amount), until } },
  });
}
