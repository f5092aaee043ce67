import type { Coupon } from '#lib/coupons/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';

let made = 0;

type Wish = Partial<Omit<Coupon, 'faceValue' | 'balance' | 'effectiveAt' | 'expiresAt'>> & {
  readonly face?: string;
  readonly balance?: string;
  readonly from?: string;
  readonly to?: string;
};

/** A cash coupon over 100 for everything and all of 2024 unless told otherwise. */
export function aCoupon({ face = '100', balance = face, from, to, ...wish }: Wish = {}): Coupon {
  made += 1;
  return {
    couponId: `CP${made}`,
    partnerId: 'par_1',
    name: 'Coupon',
    kind: 'cash',
    source: 'program',
    faceValue: parseMoney(face),
    balance: parseMoney(balance),
    effectiveAt: instant(from ?? '2024-01-01T00:00:00+08:00'),
    expiresAt: instant(to ?? '2024-12-31T23:59:59+08:00'),
    productScope: { mode: 'exclude', codes: [] },
    billingModes: ['pay-per-use', 'monthly', 'yearly', 'reserved-instance'],
    multiUse: true,
    excludeMarketplace: false,
    issuedAt: instant('2024-01-01T00:00:00+08:00'),
    version: 1,
    ...wish,
  };
}
