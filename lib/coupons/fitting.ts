import type { Instant } from '#lib/shared/time.ts';
import { inForceAt } from '#lib/shared/validity.ts';
import { COUPON_BILLING_MODES, type Coupon, type CouponBillingMode, validityOf } from './coupon.ts';

/** What a coupon must fit (FIN-53). */
export interface Spending {
  readonly customerId: string;
  readonly resellerId?: string;
  readonly productTypeCode: string;
  /** None of the four for a savings plan: it takes coupons that leave out no mode. */
  readonly billingMode?: CouponBillingMode;
  readonly marketplace: boolean;
  /** The transaction time, as the rules of its month see it. */
  readonly time: Instant;
}

const EVERY_MODE = COUPON_BILLING_MODES.length;

/** FIN-53, whatever is left of the coupon. */
export function fits(coupon: Coupon, spending: Spending): boolean {
  const { productScope, billingModes } = coupon;
  if (coupon.customerId !== undefined && coupon.customerId !== spending.customerId) return false;
  if (coupon.resellerId !== undefined && coupon.resellerId !== spending.resellerId) return false;
  if (productScope.codes.includes(spending.productTypeCode) !== (productScope.mode === 'include')) return false;
  if (coupon.excludeMarketplace && spending.marketplace) return false;
  const { billingMode } = spending;
  const inMode = billingMode ? billingModes.includes(billingMode) : new Set(billingModes).size === EVERY_MODE;
  return inMode && inForceAt(validityOf(coupon), spending.time);
}

/** What was taken away as a whole pays for nothing any more, even if a refund puts something back (FIN-64). */
const isOver = ({ revokedAt, lapsedAt }: Coupon): boolean => revokedAt !== undefined || lapsedAt !== undefined;

/** FIN-54, within a group: the earliest expiry, then test before cash, then the oldest. */
const byUse = (a: Coupon, b: Coupon): number =>
  compare(a.expiresAt, b.expiresAt) ||
  compare(b.kind, a.kind) ||
  compare(a.issuedAt, b.issuedAt) ||
  compare(a.couponId, b.couponId);

export const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Coupons by whom they are for, each group in its order of use. */
export type CouponIndex = ReadonlyMap<string, readonly Coupon[]>;

const groupOf = ({ customerId, resellerId }: Pick<Coupon, 'customerId' | 'resellerId'>): string => {
  if (customerId !== undefined) return `customer ${customerId}`;
  return resellerId === undefined ? 'all' : `reseller ${resellerId}`;
};

export function indexCoupons(coupons: Iterable<Coupon>): CouponIndex {
  const groups = new Map<string, Coupon[]>();
  for (const coupon of coupons) {
    if (isOver(coupon)) continue;
    const group = groups.get(groupOf(coupon));
    if (group) group.push(coupon);
    else groups.set(groupOf(coupon), [coupon]);
  }
  for (const group of groups.values()) group.sort(byUse);
  return groups;
}

/** FIN-54: the customer's own coupons first, then those for its reseller, then those for everybody. */
export function* inOrderOfUse(index: CouponIndex, { customerId, resellerId }: Spending): Generator<Coupon> {
  yield* index.get(groupOf({ customerId })) ?? [];
  if (resellerId !== undefined) yield* index.get(groupOf({ resellerId })) ?? [];
  yield* index.get(groupOf({})) ?? [];
}

/** Is there a coupon that could pay for it, if something were left of it? */
export function mayBeCovered(index: CouponIndex, spending: Spending): boolean {
  for (const coupon of inOrderOfUse(index, spending)) if (fits(coupon, spending)) return true;
  return false;
}

/** The coupons that were there at a time, or were cut from one that was (FIN-134). */
export function knownAt(coupons: readonly Coupon[], time: Instant): Coupon[] {
  const byId = new Map(coupons.map((coupon) => [coupon.couponId, coupon]));
  const rootOf = (coupon: Coupon): Coupon => {
    const source = coupon.splitFrom === undefined ? undefined : byId.get(coupon.splitFrom);
    return source ? rootOf(source) : coupon;
  };
  return coupons.filter((coupon) => rootOf(coupon).issuedAt <= time);
}
