import type { Coupon } from '#lib/coupons/coupon.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';

/** A cash coupon of 100.00, valid in July 2024, unless told otherwise. */
export function madeCoupon({
  face = '100',
  left = face,
  from = '2024-07-01T00:00:00+08:00',
  to = '2024-07-31T23:59:59+08:00',
  ...wish
}: Partial<Coupon> & { face?: string; left?: string; from?: string; to?: string } = {}): Coupon {
  return {
    couponId: 'cpn_1',
    partnerId: 'par_1',
    name: 'K',
    kind: 'cash',
    source: 'basic-benefit',
    faceValue: parseMoney(face),
    balance: parseMoney(left),
    effectiveAt: instant(from),
    expiresAt: instant(to),
    productScope: { mode: 'exclude', codes: [] },
    billingModes: ['pay-per-use', 'monthly', 'yearly', 'reserved-instance'],
    multiUse: true,
    excludeMarketplace: false,
    issuedAt: instant(from),
    version: 1,
    ...wish,
  };
}
