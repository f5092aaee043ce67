import { Refusal } from '#lib/shared/errors.ts';
import { add, type Money, negate, subtract, ZERO } from '#lib/shared/money.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import type { Action, BillingMode } from './action-matrix.ts';
import { purchaseErrors } from './errors.ts';

/** An unused reservation holds its amount for so long. */
const RESERVED_MINUTES = 30;
/** How long a settled purchase waits for its expenditure record; one that comes later still counts, as any usage does. */
const RECORD_WITHIN_DAYS = 7;

/**
 * `reserved` and `settled` hold an amount of the budget. A settled purchase is `closed` once usage carries it, or its record never came.
 */
export type PurchaseStatus = 'reserved' | 'settled' | 'closed' | 'released' | 'lapsed';

/** The part of a customer's budget that is put aside for a purchase. */
export interface Purchase {
  readonly purchaseId: string;
  readonly partnerId: string;
  readonly customerId: string;
  readonly action: Action;
  readonly billingMode: BillingMode;
  /** As reserved. */
  readonly amount: Money;
  readonly status: PurchaseStatus;
  readonly reservedAt: Instant;
  /** It holds nothing from then on, whether or not a job has been by. */
  readonly until: Instant;
  readonly settlement?: Settlement;
  readonly endedAt?: Instant;
  readonly version: number;
}

export interface Settlement {
  readonly amount: Money;
  /** The expenditure record that takes the place of what is held. */
  readonly recordId: string;
  readonly settledAt: Instant;
}

export type PurchaseWish = Pick<Purchase, 'purchaseId' | 'action' | 'billingMode' | 'amount'>;

export const reservePurchase = (
  owner: Pick<Purchase, 'partnerId' | 'customerId'>,
  wish: PurchaseWish,
  now: Instant,
): Purchase => ({
  ...owner,
  ...wish,
  status: 'reserved',
  reservedAt: now,
  until: plus(now, { minutes: RESERVED_MINUTES }),
  version: 1,
});

/** The purchase as it stands at `now`: an end by time needs no job. */
export function purchaseAt(purchase: Purchase, now: Instant): Purchase {
  if (!isOpen(purchase) || now < purchase.until) return purchase;
  return { ...purchase, status: purchase.status === 'reserved' ? 'lapsed' : 'closed', endedAt: purchase.until };
}

export const isOpen = ({ status }: Pick<Purchase, 'status'>): boolean => status === 'reserved' || status === 'settled';

/** What is stored as held for a purchase, until its end is stored too. */
export const heldFor = ({ status, amount, settlement }: Purchase): Money => {
  if (status === 'reserved') return amount;
  return status === 'settled' ? (settlement?.amount ?? ZERO) : ZERO;
};

/** What is left of a budget for one more purchase; never below 0. */
export function remainingOf(limit: Money, usage: Money, held: Money): Money {
  const taken = add(usage, held);
  return taken < limit ? subtract(limit, taken) : ZERO;
}

/** How much a change moves what is held. */
export const movedHold = (before: Purchase | undefined, after: Purchase): Money =>
  add(heldFor(after), before ? negate(heldFor(before)) : ZERO);

/** An end: by a person, by time, or because usage carries the purchase. */
export const endPurchase = (
  before: Purchase,
  status: Extract<PurchaseStatus, 'closed' | 'released' | 'lapsed'>,
  now: Instant,
): Purchase => ({ ...before, status, endedAt: now, version: before.version + 1 });

/**
 * The price that was paid, and the record that will carry it. A repeated settlement changes nothing.
 * @param counted the record is part of usage already
 * @throws Refusal RESERVATION_LAPSED, PURCHASE_ENDED, PURCHASE_SETTLED, SETTLEMENT_TOO_HIGH
 */
export function decideSettlement(
  stored: Purchase,
  wish: Pick<Settlement, 'amount' | 'recordId'>,
  counted: boolean,
  now: Instant,
): Purchase {
  const before = purchaseAt(stored, now);
  if (before.status === 'lapsed') throw new Refusal(purchaseErrors.RESERVATION_LAPSED);
  if (before.status === 'released') throw new Refusal(purchaseErrors.PURCHASE_ENDED);
  if (before.settlement) {
    if (!isSame(before.settlement, wish)) throw new Refusal(purchaseErrors.PURCHASE_SETTLED);
    return stored;
  }
  if (wish.amount > before.amount) throw new Refusal(purchaseErrors.SETTLEMENT_TOO_HIGH);
  const settlement = { ...wish, settledAt: now };
  const settled: Purchase = {
    ...stored,
    settlement,
    status: 'settled',
    until: plus(now, { days: RECORD_WITHIN_DAYS }),
    version: stored.version + 1,
  };
  return counted ? { ...settled, status: 'closed', endedAt: now } : settled;
}

/** @throws Refusal PURCHASE_SETTLED */
export function decideRelease(stored: Purchase, now: Instant): Purchase {
  const before = purchaseAt(stored, now);
  if (before.settlement) throw new Refusal(purchaseErrors.PURCHASE_SETTLED);
  if (!isOpen(stored)) return stored;
  return before.status === 'lapsed'
    ? endPurchase(stored, 'lapsed', before.until)
    : endPurchase(stored, 'released', now);
}

const isSame = (settlement: Settlement, wish: Pick<Settlement, 'amount' | 'recordId'>): boolean =>
  settlement.amount === wish.amount && settlement.recordId === wish.recordId;
