import { describe, expect, it } from 'vitest';
import { exactText, parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import type { Coupon } from './coupon.ts';
import { undoUse } from './restoring.ts';

const at = instant('2024-08-05T02:00:00+08:00');

const coupon = (balance: string, wish: Partial<Coupon> = {}): Coupon => ({
  couponId: 'cpn_1',
  partnerId: 'par_1',
  name: 'Coupon',
  kind: 'cash',
  source: 'program',
  faceValue: parseMoney('100'),
  balance: parseMoney(balance),
  effectiveAt: at,
  expiresAt: at,
  productScope: { mode: 'exclude', codes: [] },
  billingModes: ['pay-per-use'],
  multiUse: true,
  excludeMarketplace: false,
  issuedAt: at,
  version: 1,
  ...wish,
});

const undone = (before: Coupon, used: string) => {
  const { after, restored, unlapsed } = undoUse(before, parseMoney(used));
  return [exactText(after.balance), exactText(restored), exactText(unlapsed)];
};

describe('a voided bill and a coupon', () => {
  it('FIN-64: that it used up gets its part back and is available again', () => {
    expect(undone(coupon('0', { usedUpAt: at }), '60.00000001')).toEqual(['60.00000001', '60.00000001', '0.00']);
    expect(undoUse(coupon('0', { usedUpAt: at }), parseMoney('1')).after.usedUpAt).toBeUndefined();
  });

  it('FIN-64: never holds more than its face value', () => {
    expect(undone(coupon('70'), '40')).toEqual(['100.00', '30.00', '0.00']);
  });

  it('FIN-56: for one use gets back what had lapsed with it', () => {
    expect(undone(coupon('0', { multiUse: false, usedUpAt: at }), '60')).toEqual(['100.00', '60.00', '40.00']);
  });

  it('FIN-62: loses again what the bill gave back, as far as it is there', () => {
    expect(undone(coupon('30'), '-20')).toEqual(['10.00', '-20.00', '0.00']);
    expect(undone(coupon('5'), '-20')).toEqual(['0.00', '-5.00', '0.00']);
    expect(undone(coupon('0', { usedUpAt: at }), '-20')).toEqual(['0.00', '0.00', '0.00']);
  });

  it('FIN-53, FIN-137: that lapsed pays again; that was revoked stays so', () => {
    expect(undoUse(coupon('0', { lapsedAt: at }), parseMoney('1')).after.lapsedAt).toBeUndefined();
    expect(undoUse(coupon('0', { revokedAt: at }), parseMoney('1')).after.revokedAt).toBe(at);
  });
});
