import { type Coupon, issueCoupon, loadCoupons } from '#lib/coupons/index.ts';
import { exactText, parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import { asSystem, type TestPartner } from '../support/index.ts';

type Wish = Partial<Omit<Coupon, 'faceValue' | 'effectiveAt' | 'expiresAt'>> & {
  readonly face?: string;
  readonly from?: string;
  readonly to?: string;
};

/** A cash coupon over 100 for everything and all of 2024 unless told otherwise. */
export const aCouponFor = (partner: TestPartner, { face = '100', from, to, ...wish }: Wish = {}): Promise<Coupon> =>
  asSystem((now) =>
    issueCoupon(
      {
        partnerId: partner.partnerId,
        name: 'Coupon',
        kind: 'cash',
        source: 'program',
        productScope: { mode: 'exclude', codes: [] },
        billingModes: ['pay-per-use', 'monthly', 'yearly', 'reserved-instance'],
        multiUse: true,
        excludeMarketplace: false,
        ...wish,
        faceValue: parseMoney(face),
        effectiveAt: instant(from ?? '2024-01-01T00:00:00+08:00'),
        expiresAt: instant(to ?? '2024-12-31T23:59:59+08:00'),
      },
      { reason: 'test' },
      now,
    ),
  );

/** What is left of a partner's coupons, by id, as texts. */
export async function balancesOf(partner: TestPartner): Promise<Record<string, string>> {
  const coupons = await loadCoupons(partner.partnerId);
  return Object.fromEntries(coupons.map(({ couponId, balance }) => [couponId, exactText(balance, 2)]));
}
