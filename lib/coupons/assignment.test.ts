import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import { madeCoupon } from '../../tests/coupons/coupon.ts';
import { decideAssignment } from './assignment.ts';
import type { Coupon } from './coupon.ts';

const NOW = instant('2024-07-20T00:00:00+08:00');
const to = { couponId: 'cpn_2', customerId: 'cus_1' };
const assign = (coupon: Coupon, amount?: string, now = NOW) =>
  decideAssignment(coupon, { ...to, amount: amount === undefined ? undefined : parseMoney(amount) }, now);

describe('assigning a part', () => {
  it('FIN-134: face value and balance of the source shrink; what was used of it stays with it', () => {
    expect(assign(madeCoupon({ face: '100', left: '40' }), '30')).toMatchObject({
      source: { faceValue: parseMoney('70'), balance: parseMoney('10'), usedUpAt: undefined },
      part: { ...to, faceValue: parseMoney('30'), balance: parseMoney('30'), splitFrom: 'cpn_1', version: 1 },
    });
  });

  it('FIN-134: all of it leaves a used source', () => {
    expect(assign(madeCoupon({ face: '100', left: '40' }))).toMatchObject({
      source: { faceValue: parseMoney('60'), balance: 0n, usedUpAt: NOW },
      part: { balance: parseMoney('40') },
    });
  });

  it('FIN-134: within its last second and before it is effective', () => {
    expect(assign(madeCoupon(), '1', instant('2024-07-31T23:59:59.999+08:00'))).toHaveProperty('part');
    expect(assign(madeCoupon(), '1', instant('2024-06-01T00:00:00+08:00'))).toHaveProperty('part');
    expect(assign(madeCoupon(), '1', instant('2024-08-01T00:00:00+08:00'))).toEqual({
      refusal: 'COUPON_NOT_AVAILABLE',
    });
  });

  it.each<[string, Coupon, string, string]>([
    ['a test coupon', madeCoupon({ kind: 'test' }), '1', 'TEST_COUPON_NOT_ASSIGNABLE'],
    ['one of a customer', madeCoupon({ customerId: 'cus_9' }), '1', 'COUPON_NOT_AVAILABLE'],
    ['a revoked one', madeCoupon({ revokedAt: NOW }), '1', 'COUPON_NOT_AVAILABLE'],
    ['a used one', madeCoupon({ left: '0', usedUpAt: NOW }), '1', 'COUPON_NOT_AVAILABLE'],
    ['more than is left', madeCoupon({ left: '40' }), '40.00000001', 'COUPON_NOT_AVAILABLE'],
    ['nothing', madeCoupon(), '0', 'ASSIGNED_AMOUNT_INVALID'],
    ['less than nothing', madeCoupon(), '-0.01', 'ASSIGNED_AMOUNT_INVALID'],
    ['a ninth decimal', madeCoupon(), '0.000000001', 'ASSIGNED_AMOUNT_INVALID'],
  ])('FIN-134, FIN-135: not of %s', (_, coupon, amount, refusal) => {
    expect(assign(coupon, amount)).toEqual({ refusal });
  });
});
