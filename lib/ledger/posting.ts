import { type Money, negate, sum, ZERO } from '#lib/shared/money.ts';

/**
 * The chart of accounts, seen from the platform, kept per partner and currency. What the partner has with the platform (`cash`,
 * `subaccount`, `coupons`) is a liability, so money of the partner stands there as a credit.
 */
export type AccountName =
  | 'cash'
  | 'subaccount'
  | 'receivable'
  | 'revenue'
  | `tax:${string}`
  | 'conversion'
  | 'coupons'
  | 'coupons-applied'
  | 'coupon-expense'
  | 'card-clearing'
  | 'bank-clearing'
  | 'incentives'
  | 'write-offs'
  | 'withholding'
  | 'voided';

/** One side of a posting: what is debited is above 0, what is credited below. */
export interface Leg {
  readonly account: AccountName;
  readonly currency: string;
  readonly amount: Money;
}

export const STATEMENT_TYPES = ['Top-up', 'Expenditure (repayment)', 'Transaction mode change', 'Refund'] as const;
export type StatementType = (typeof STATEMENT_TYPES)[number];

/** One movement of money or coupons, as a balanced double entry. */
export interface Posting {
  /** Follows from the cause, so that a cause is posted once. */
  readonly postingId: string;
  readonly partnerId: string;
  /** `bill.issued`, `repayment.succeeded`, … */
  readonly kind: string;
  /** Id of the bill, coupon, repayment, … that it comes from. */
  readonly reference: string;
  readonly legs: readonly Leg[];
  readonly remarks?: string;
  /** How the partner's statement shows it; given if, and only if, it moves the account balance. */
  readonly statement?: { readonly type: StatementType; readonly orderOrTransactionId?: string };
}

export const debit = (account: AccountName, currency: string, amount: Money): Leg => ({ account, currency, amount });
export const credit = (account: AccountName, currency: string, amount: Money): Leg => ({
  account,
  currency,
  amount: negate(amount),
});

/** What the statement is of: the account a partner pays its bills from, and its subaccount (FIN-142). */
export const isShown = (account: AccountName): account is 'cash' | 'subaccount' =>
  account === 'cash' || account === 'subaccount';

/** Legs on one account and currency as one; what comes to nothing is left out. */
export function merged(legs: readonly Leg[]): Leg[] {
  const places = new Map<string, Leg[]>();
  for (const leg of legs) {
    const place = placeOf(leg);
    places.set(place, [...(places.get(place) ?? []), leg]);
  }
  return [...places.values()].flatMap((same) => {
    const amount = sum(same.map((leg) => leg.amount));
    return same[0] && amount !== ZERO ? [{ ...same[0], amount }] : [];
  });
}

export const placeOf = ({ account, currency }: Pick<Leg, 'account' | 'currency'>): string => `${account}@${currency}`;

/**
 * The posting with one leg per account and currency.
 * @throws RangeError when debits and credits differ in a currency, or the statement does not go with the legs: a defect of the caller
 */
export function balanced(posting: Posting): Posting {
  const legs = merged(posting.legs);
  for (const currency of new Set(legs.map((leg) => leg.currency))) {
    const rest = sum(legs.filter((leg) => leg.currency === currency).map(({ amount }) => amount));
    if (rest !== ZERO) throw new RangeError(`posting ${posting.postingId} is out of balance in ${currency}`);
  }
  if (legs.some(({ account }) => isShown(account)) !== (posting.statement !== undefined)) {
    throw new RangeError(`posting ${posting.postingId} and its statement do not go together`);
  }
  return { ...posting, legs };
}
