import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { aCoupon } from '../../tests/coupons/a-coupon.ts';
import { fits, indexCoupons, inOrderOfUse, knownAt, mayBeCovered, type Spending } from './fitting.ts';

const spending = (wish: Partial<Spending> = {}): Spending => ({
  customerId: 'C1',
  productTypeCode: 'VPC',
  billingMode: 'pay-per-use',
  marketplace: false,
  time: instant('2024-07-15T12:00:00+08:00'),
  ...wish,
});
const at = (time: string) => spending({ time: instant(time) });
const include = (...codes: string[]) => ({ productScope: { mode: 'include', codes } }) as const;
const exclude = (...codes: string[]) => ({ productScope: { mode: 'exclude', codes } }) as const;

describe('FIN-53: a coupon fits when everything matches', () => {
  it.each([
    ['no restriction', {}, spending(), true],
    ['its customer', { customerId: 'C1' }, spending(), true],
    ['another customer', { customerId: 'C2' }, spending(), false],
    ['its reseller', { resellerId: 'R1' }, spending({ resellerId: 'R1' }), true],
    ['another reseller', { resellerId: 'R1' }, spending({ resellerId: 'R2' }), false],
    ['a direct customer', { resellerId: 'R1' }, spending(), false],
    ['its product', include('EVS', 'VPC'), spending(), true],
    ['another product', include('EVS'), spending(), false],
    ['an excluded product', exclude('VPC'), spending(), false],
    ['a product that is not excluded', exclude('EVS'), spending(), true],
    ['its mode', { billingModes: ['pay-per-use'] }, spending(), true],
    ['a yearly order', { billingModes: ['pay-per-use', 'monthly'] }, spending({ billingMode: 'yearly' }), false],
    ['a savings plan, all modes', {}, spending({ billingMode: undefined }), true],
    ['a savings plan', { billingModes: ['pay-per-use'] }, spending({ billingMode: undefined }), false],
    ['the marketplace', {}, spending({ marketplace: true }), true],
    ['the marketplace, left out', { excludeMarketplace: true }, spending({ marketplace: true }), false],
  ] as const)('FIN-53: %s', (_name, coupon, spent, expected) => {
    expect(fits(aCoupon(coupon), spent)).toBe(expected);
  });

  it.each([
    ['2024-07-01T07:59:59.999+08:00', false],
    ['2024-07-01T08:00:00+08:00', true],
    ['2024-07-15T23:59:59+08:00', true],
    ['2024-07-15T23:59:59.999+08:00', true],
    ['2024-07-16T00:00:00+08:00', false],
  ])('FIN-53 (example 14): a line of %s fits a coupon of 1 July 08:00 to 15 July 23:59:59: %s', (time, expected) => {
    const coupon = aCoupon({ from: '2024-07-01T08:00:00+08:00', to: '2024-07-15T23:59:59+08:00' });
    expect(fits(coupon, at(time))).toBe(expected);
  });
});

describe('the order of use', () => {
  const ids = (coupons: Parameters<typeof indexCoupons>[0], spent = spending({ resellerId: 'R1' })) =>
    [...inOrderOfUse(indexCoupons(coupons), spent)].map(({ couponId }) => couponId);

  it("FIN-54: the customer's own before its reseller's before everybody's, whatever expires first", () => {
    const late = '2099-12-31T23:59:59+08:00';
    const coupons = [
      aCoupon({ couponId: 'all', to: '2024-08-01T00:00:00+08:00' }),
      aCoupon({ couponId: 'reseller', resellerId: 'R1' }),
      aCoupon({ couponId: 'customer', customerId: 'C1', to: late }),
      aCoupon({ couponId: 'other', customerId: 'C2' }),
    ];
    expect(ids(coupons)).toEqual(['customer', 'reseller', 'all']);
    expect(ids(coupons, spending())).toEqual(['customer', 'all']);
  });

  it('FIN-54: within a group the earliest expiry, then test before cash, then the oldest', () => {
    const soon = { to: '2024-08-01T23:59:59+08:00' };
    const older = { issuedAt: instant('2023-12-01T00:00:00+08:00') };
    const coupons = [
      aCoupon({ couponId: 'late test', kind: 'test' }),
      aCoupon({ couponId: 'soon cash, younger', ...soon }),
      aCoupon({ couponId: 'soon cash, older', ...soon, ...older }),
      aCoupon({ couponId: 'soon test', kind: 'test', ...soon }),
    ];
    const expected = ['soon test', 'soon cash, older', 'soon cash, younger', 'late test'];
    expect(ids(coupons)).toEqual(expected);
    expect(ids(coupons.toReversed())).toEqual(expected);
  });

  it('FIN-64, FIN-137: what was revoked or has lapsed pays for nothing, even with a balance', () => {
    const time = instant('2024-07-01T00:00:00+08:00');
    expect(ids([aCoupon({ revokedAt: time }), aCoupon({ lapsedAt: time })])).toEqual([]);
  });
});

it('FIN-52: a line is collected when a coupon could pay for it, also one that is empty now', () => {
  const index = indexCoupons([aCoupon({ balance: '0', ...include('VPC') })]);
  expect(mayBeCovered(index, spending())).toBe(true);
  expect(mayBeCovered(index, spending({ productTypeCode: 'EVS' }))).toBe(false);
});

it('FIN-134: coupons of a time, and those cut from them later', () => {
  const issuedAt = instant('2024-08-05T03:00:00+08:00');
  const coupons = [
    aCoupon({ couponId: 'old' }),
    aCoupon({ couponId: 'new', issuedAt }),
    aCoupon({ couponId: 'cut', issuedAt, splitFrom: 'old' }),
    aCoupon({ couponId: 'cut again', issuedAt, splitFrom: 'cut' }),
    aCoupon({ couponId: 'cut of new', issuedAt, splitFrom: 'new' }),
  ];
  const known = knownAt(coupons, instant('2024-08-05T02:00:00+08:00'));
  expect(known.map(({ couponId }) => couponId)).toEqual(['old', 'cut', 'cut again']);
});
