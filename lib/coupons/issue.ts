import { cut, ZERO } from '#lib/shared/money.ts';
import { type Instant, instant, plus, plusMonths } from '#lib/shared/time.ts';
import { isWholeSecond } from '#lib/shared/validity.ts';
import type { Coupon } from './coupon.ts';

/** What the platform gives; an exchange of incentive earnings comes without an end, its year follows from the approval. */
export type CouponWish = Pick<
  Coupon,
  | 'partnerId'
  | 'name'
  | 'kind'
  | 'source'
  | 'faceValue'
  | 'productScope'
  | 'billingModes'
  | 'customerId'
  | 'resellerId'
  | 'multiUse'
  | 'excludeMarketplace'
  | 'remarks'
> & { readonly effectiveAt?: Instant; readonly expiresAt?: Instant };

/** Validities count whole seconds. */
const secondOf = (time: Instant): Instant => instant(`${time.slice(0, 19)}Z`);

/** FIN-133: one year from the approval, its last second included. */
const yearFrom = (time: Instant): Instant => plus(plusMonths(time, 12), { seconds: -1 });

/** Why the wish is no coupon, or the coupon that it is. */
export function decideIssue(
  couponId: string,
  wish: CouponWish,
  now: Instant,
): { readonly coupon: Coupon } | { readonly fault: string } {
  const effectiveAt = wish.effectiveAt ?? secondOf(now);
  const expiresAt = wish.expiresAt ?? (wish.source === 'incentive-exchange' ? yearFrom(effectiveAt) : undefined);
  if (expiresAt === undefined) return { fault: 'only an exchange of incentive earnings ends by itself after a year' };
  const coupon = { ...wish, couponId, effectiveAt, expiresAt, balance: wish.faceValue, issuedAt: now, version: 1 };
  const fault = faultOf(coupon);
  return fault === undefined ? { coupon } : { fault };
}

function faultOf({ effectiveAt, expiresAt, faceValue, kind, source, productScope }: Coupon): string | undefined {
  if (!isWholeSecond(effectiveAt) || !isWholeSecond(expiresAt)) return 'times have whole seconds';
  if (expiresAt < effectiveAt) return 'the expiration lies before the effective time';
  if (faceValue <= ZERO || faceValue !== cut(faceValue, 8)) return 'the face value is above 0 with at most 8 decimals';
  if (kind === 'test' && source === 'incentive-exchange') return 'incentive earnings are exchanged for cash coupons';
  if (productScope.mode === 'include' && productScope.codes.length === 0) return 'the coupon is for no product';
  return undefined;
}
