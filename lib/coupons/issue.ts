import { type FieldError, faultUnless } from '#lib/shared/errors.ts';
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

/** What is wrong with the wish, field by field, or the coupon that it is. */
export function decideIssue(
  couponId: string,
  wish: CouponWish,
  now: Instant,
): { readonly coupon: Coupon } | { readonly faults: readonly FieldError[] } {
  const effectiveAt = wish.effectiveAt ?? secondOf(now);
  const expiresAt = wish.expiresAt ?? (wish.source === 'incentive-exchange' ? yearFrom(effectiveAt) : undefined);
  const faults = [...timeFaults(effectiveAt, expiresAt), ...contentFaults(wish)];
  if (expiresAt === undefined || faults.length > 0) return { faults };
  return { coupon: { ...wish, couponId, effectiveAt, expiresAt, balance: wish.faceValue, issuedAt: now, version: 1 } };
}

function timeFaults(effectiveAt: Instant, expiresAt: Instant | undefined): FieldError[] {
  if (expiresAt === undefined) {
    return [{ pointer: '/expiresAt', detail: 'only an exchange of incentive earnings ends by itself after a year' }];
  }
  return [
    ...faultUnless(isWholeSecond(effectiveAt), '/effectiveAt', 'times have whole seconds'),
    ...faultUnless(isWholeSecond(expiresAt), '/expiresAt', 'times have whole seconds'),
    ...faultUnless(expiresAt >= effectiveAt, '/expiresAt', 'the expiration lies before the effective time'),
  ];
}

function contentFaults({ faceValue, kind, source, productScope: { mode, codes } }: CouponWish): FieldError[] {
  const isValue = faceValue > ZERO && faceValue === cut(faceValue, 8);
  const isExchangedTest = kind === 'test' && source === 'incentive-exchange';
  return [
    ...faultUnless(isValue, '/faceValue', 'the face value is above 0 with at most 8 decimals'),
    ...faultUnless(!isExchangedTest, '/kind', 'incentive earnings are exchanged for cash coupons'),
    ...faultUnless(mode !== 'include' || codes.length > 0, '/productScope/codes', 'the coupon is for no product'),
  ];
}
