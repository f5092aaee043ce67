import { add, type Money, smallest, subtract, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { inForceAt } from '#lib/shared/validity.ts';

/** Coupons are in the currency of bills, which they are deducted from. */
export const COUPON_CURRENCY = 'USD';

/** A test coupon is a cash coupon for proofs of concept, given by operators alone (FIN-135). */
export const COUPON_KINDS = ['cash', 'test'] as const;
export const COUPON_SOURCES = ['basic-benefit', 'incentive-exchange', 'poc-request', 'program'] as const;
export const COUPON_BILLING_MODES = ['pay-per-use', 'monthly', 'yearly', 'reserved-instance'] as const;
export const COUPON_STATUSES = ['available', 'used', 'invalid'] as const;

export type CouponKind = (typeof COUPON_KINDS)[number];
export type CouponSource = (typeof COUPON_SOURCES)[number];
export type CouponBillingMode = (typeof COUPON_BILLING_MODES)[number];
export type CouponStatus = (typeof COUPON_STATUSES)[number];

/** Which products a coupon pays for; excluding none is all. */
export interface ProductScope {
  readonly mode: 'include' | 'exclude';
  readonly codes: readonly string[];
}

/** A promise of the platform to a partner (FIN-132): deducted from its bills, line by line. */
export interface Coupon {
  readonly couponId: string;
  readonly partnerId: string;
  readonly name: string;
  readonly kind: CouponKind;
  readonly source: CouponSource;
  readonly faceValue: Money;
  /** Between 0 and the face value. */
  readonly balance: Money;
  /** Both to the second and included (FIN-53). */
  readonly effectiveAt: Instant;
  readonly expiresAt: Instant;
  readonly productScope: ProductScope;
  readonly billingModes: readonly CouponBillingMode[];
  /** For this customer alone; for all when absent. */
  readonly customerId?: string;
  /** Of a distributor: for the customers of this reseller. */
  readonly resellerId?: string;
  /** A coupon for one use serves one line; what is left of it lapses (FIN-56). */
  readonly multiUse: boolean;
  readonly excludeMarketplace: boolean;
  readonly remarks?: string;
  readonly issuedAt: Instant;
  /** The coupon that it was cut from (FIN-134). */
  readonly splitFrom?: string;
  /** Since when nothing is left of it by use, or by assigning all of it. */
  readonly usedUpAt?: Instant;
  readonly revokedAt?: Instant;
  readonly lapsedAt?: Instant;
  /** +1 with every change of its item. */
  readonly version: number;
}

export const validityOf = ({ effectiveAt, expiresAt }: Pick<Coupon, 'effectiveAt' | 'expiresAt'>) => ({
  from: effectiveAt,
  to: expiresAt,
});

const isExpired = (coupon: Coupon, now: Instant): boolean =>
  now >= coupon.effectiveAt && !inForceAt(validityOf(coupon), now);

/** FIN-154. Not yet effective is available. */
export function statusOf(coupon: Coupon, now: Instant): CouponStatus {
  if (coupon.revokedAt !== undefined) return 'invalid';
  if (coupon.usedUpAt !== undefined) return 'used';
  return isExpired(coupon, now) ? 'invalid' : 'available';
}

/** A coupon after a change, with what the change moved beside its purpose. */
export interface Used {
  readonly after: Coupon;
  /** What is left of a coupon for one use goes with it (FIN-56). */
  readonly lapsed: Money;
}

/** FIN-55, FIN-56: takes `amount` for one line. The version is moved by the store, so that one commit may use a coupon several times. */
export function use(coupon: Coupon, amount: Money, now: Instant): Used {
  const rest = subtract(coupon.balance, amount);
  if (amount < 0n || rest < 0n) throw new RangeError(`coupon ${coupon.couponId} does not hold ${amount}`);
  const balance = coupon.multiUse ? rest : ZERO;
  const after = { ...coupon, balance, usedUpAt: balance === ZERO ? now : coupon.usedUpAt };
  return { after, lapsed: subtract(rest, balance) };
}

/** FIN-64: gives back at most up to the face value, which an assignment may have lowered since; the validity stays. */
export function restore(coupon: Coupon, amount: Money): { readonly after: Coupon; readonly restored: Money } {
  const room = subtract(coupon.faceValue, coupon.balance);
  const restored = smallest(amount, room);
  if (restored <= 0n) return { after: coupon, restored: ZERO };
  return { after: { ...coupon, balance: add(coupon.balance, restored), usedUpAt: undefined }, restored };
}
