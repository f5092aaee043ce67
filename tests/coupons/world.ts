import { issueCoupon } from '#lib/coupons/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import { asSystem, type TestPartner } from '../support/index.ts';

type Wish = Parameters<typeof issueCoupon>[0];

/** A cash coupon of 100.00 for everything, valid in 2024, unless told otherwise. */
export const aCoupon = (
  of: Pick<TestPartner, 'partnerId'>,
  {
    face = '100.00',
    from = '2024-01-01T00:00:00+08:00',
    to = '2024-12-31T23:59:59+08:00',
    ...wish
  }: Partial<Wish> & { face?: string; from?: string; to?: string } = {},
) =>
  asSystem((now) =>
    issueCoupon(
      {
        partnerId: of.partnerId,
        name: 'K',
        kind: 'cash',
        source: 'basic-benefit',
        faceValue: parseMoney(face),
        productScope: { mode: 'exclude', codes: [] },
        billingModes: ['pay-per-use', 'monthly', 'yearly', 'reserved-instance'],
        multiUse: true,
        excludeMarketplace: false,
        effectiveAt: instant(from),
        expiresAt: instant(to),
        ...wish,
      },
      { reason: 'test' },
      now,
    ),
  );
