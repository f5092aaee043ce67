import { type Association, activeAssociation, loadCustomer } from '#lib/customers/index.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { type Money, ZERO } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { requireStanding } from '#lib/shared/standing.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { standingOf } from '../threshold.ts';
import { type Action, type ActionFacts, type BillingMode, type Denial, denialOf, rowOf } from './action-matrix.ts';
import { purchaseErrors } from './errors.ts';
import type { Purchase } from './purchase.ts';
import { knownPurchase, loadPurchaseFacts, type PurchaseFacts, reserve } from './reserve.ts';

export interface ActionWish {
  readonly action: Action;
  readonly billingMode: BillingMode;
  /** A prepaid purchase whose price is known is reserved. */
  readonly purchase?: { readonly purchaseId: string; readonly amount: Money };
}

export type ActionAnswer =
  | { readonly allowed: true; readonly purchase?: Purchase }
  | { readonly allowed: false; readonly denial: Denial; readonly remaining?: Money };

/**
 * May the customer do this now (CUS-124 to CUS-144)? With an amount, a yes has put it aside in the same step: usage and what is held
 * together stay within the budget however many ask at once.
 * @throws Refusal ACTION_UNKNOWN, PURCHASE_AMOUNT_INVALID, PURCHASE_CONFLICT, PURCHASE_ENDED
 */
export async function checkAction(customerId: string, wish: ActionWish, now: Instant): Promise<ActionAnswer> {
  requireAction(wish);
  return redecide(async () => {
    const customer = await loadCustomer(customerId, { consistent: true });
    if (!customer) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
    const association = activeAssociation(customer);
    if (association?.type !== 'reseller') return { allowed: true }; // CUS-015: no budget, no freeze
    const answer = await decide(await loadPurchaseFacts({ customer, association }, now), wish, now);
    if (!answer.allowed) await traceDenial({ customerId, partnerId: association.partnerId }, wish, answer);
    return answer;
  });
}

/** @throws Refusal ACTION_UNKNOWN, PURCHASE_AMOUNT_INVALID */
function requireAction({ action, billingMode, purchase }: ActionWish) {
  const row = rowOf(action, billingMode);
  if (!row) throw new Refusal(purchaseErrors.ACTION_UNKNOWN);
  if (purchase && (row.costs !== 'prepaid' || purchase.amount <= ZERO))
    throw new Refusal(purchaseErrors.PURCHASE_AMOUNT_INVALID);
  return row;
}

async function decide(facts: PurchaseFacts, wish: ActionWish, now: Instant): Promise<ActionAnswer> {
  const { action, billingMode } = wish;
  const purchase = wish.purchase && { action, billingMode, ...wish.purchase };
  const known = purchase && (await knownPurchase(facts.budget, purchase, now));
  if (known) return { allowed: true, purchase: known };
  const denial = denialOf(requireAction(wish), await toActionFacts(facts));
  if (denial) return { allowed: false, denial };
  if (!purchase) return { allowed: true };
  const reserved = await reserve(facts, purchase, now);
  return 'remaining' in reserved
    ? { allowed: false, denial: 'BUDGET_EXHAUSTED', remaining: reserved.remaining }
    : { allowed: true, purchase: reserved };
}

/**
 * The partners' standing is read, not joined to the transaction: it is the one item that all customers of a partner share, and a freeze
 * of the partner that comes between reading and writing comes after the purchase.
 */
async function toActionFacts({ customer, association, budget, usage }: PurchaseFacts): Promise<ActionFacts> {
  return {
    control: customer.control,
    partners: await Promise.all(partnersOf(association).map(requireStanding)),
    standing: standingOf(usage, budget.amount),
    exhaustionMode: budget.exhaustionMode,
  };
}

const partnersOf = ({ partnerId, resellerId }: Association): string[] =>
  resellerId === undefined ? [partnerId] : [partnerId, resellerId];

/** A denial is an answer, not a refusal of the request, so the operation builder leaves no trace of it (CUS-020). */
const traceDenial = (
  named: { readonly customerId: string; readonly partnerId: string },
  { action, billingMode }: ActionWish,
  { denial }: Extract<ActionAnswer, { allowed: false }>,
): Promise<void> =>
  transact({
    writes: [],
    trace: { ...named, outcome: 'refused', code: denial, after: { action, billingMode } },
  });
