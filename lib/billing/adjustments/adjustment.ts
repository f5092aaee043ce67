import type { Association } from '#lib/customers/index.ts';
import type { BillType, Charge } from '#lib/expenditures/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { type Money, roundHalfUp, ZERO } from '#lib/shared/money.ts';
import {
  type BillingMonth,
  billingMonthOf,
  epochMs,
  type Instant,
  instantOfEpochMs,
  monthStart,
} from '#lib/shared/time.ts';
import { lastInstantOf } from '../cycle.ts';
import { correctionErrors, ruleErrors } from '../errors.ts';

/** What an operator posts onto a bill that is not issued yet (FIN-34, FIN-69). */
export interface AdjustmentWish {
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  readonly customerId: string;
  readonly productType: string;
  readonly productTypeCode: string;
  /** Settlement amount, signed. */
  readonly amount: Money;
  readonly reason: string;
  /** The issued bill, and the line of it, that this makes good. */
  readonly correctsBillId?: string;
  readonly correctsLineId?: string;
}

export interface Adjustment extends AdjustmentWish {
  readonly adjustmentId: string;
  /** Transaction time of its line. */
  readonly transactionTime: Instant;
  readonly resellerId?: string;
  readonly postedBy: string;
  readonly postedAt: Instant;
}

/** FIN-34, FIN-40: a signed amount of at most 8 decimals, so that nothing of it is rounded away. @throws Refusal ADJUSTMENT_INVALID */
export function checkAmount(amount: Money): void {
  if (amount === ZERO || amount !== roundHalfUp(amount, 8)) throw new Refusal(correctionErrors.ADJUSTMENT_INVALID);
}

export interface Belonging {
  readonly association: Association;
  readonly at: Instant;
}

/**
 * Under which association and at which time an adjustment stands: the latest instant of the cycle, not after now, at which the customer
 * was associated with the partner in the reseller model (FIN-11, FIN-12).
 * @throws Refusal CYCLE_NOT_BEGUN, CUSTOMER_NOT_ASSOCIATED
 */
export function belongingOf(
  associations: readonly Association[],
  { partnerId, cycle }: Pick<AdjustmentWish, 'partnerId' | 'cycle'>,
  now: Instant,
): Belonging {
  if (billingMonthOf(now) < cycle) throw new Refusal(correctionErrors.CYCLE_NOT_BEGUN);
  const latest = earlier(now, lastInstantOf(cycle));
  const found = associations
    .filter((each) => each.partnerId === partnerId && each.type === 'reseller')
    .map((association) => ({ association, at: lastMomentOf(association, latest) }))
    .filter(({ association, at }) => at >= association.since && at >= monthStart(cycle))
    .sort((a, b) => (a.at < b.at ? 1 : -1))[0];
  if (!found) throw new Refusal(ruleErrors.CUSTOMER_NOT_ASSOCIATED);
  return found;
}

const earlier = (a: Instant, b: Instant): Instant => (a < b ? a : b);

/** An association covers the moments before its end (spec note 10). */
const lastMomentOf = ({ endedAt }: Association, latest: Instant): Instant =>
  endedAt === undefined ? latest : earlier(latest, instantOfEpochMs(epochMs(endedAt) - 1));

/** FIN-34: no discount, never a coupon; list price and settlement are what was posted. */
export function chargeOf(adjustment: Adjustment): Charge & { readonly billType: Extract<BillType, 'adjustment'> } {
  const { adjustmentId, amount } = adjustment;
  return {
    recordId: adjustmentId,
    customerId: adjustment.customerId,
    billType: 'adjustment',
    billingMode: 'pay-per-use',
    productType: adjustment.productType,
    productTypeCode: adjustment.productTypeCode,
    productName: adjustment.productType,
    productId: adjustment.productTypeCode,
    orderId: adjustmentId,
    transactionTime: adjustment.transactionTime,
    spotInstance: false,
    listPrice: amount,
    currency: 'USD',
    settlementClass: 'no-discount',
    source: 'platform',
    payment: { discount: ZERO, cashPayments: ZERO, couponsUsed: ZERO, monthlySettlement: amount },
  };
}
