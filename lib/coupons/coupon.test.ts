import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Money, parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import { madeCoupon } from '../../tests/coupons/coupon.ts';
import { type Coupon, restore, statusOf, use } from './coupon.ts';

const NOW = instant('2024-08-05T02:00:00+08:00');
const JULY = instant('2024-07-10T00:00:00+08:00');

describe('status', () => {
  it.each<[string, Partial<Coupon>, string, string]>([
    ['not yet effective', {}, '2024-06-30T23:59:59+08:00', 'available'],
    ['in its first second', {}, '2024-07-01T00:00:00+08:00', 'available'],
    ['within its last second', {}, '2024-07-31T23:59:59.999+08:00', 'available'],
    ['after its last second', {}, '2024-08-01T00:00:00+08:00', 'invalid'],
    ['used up', { usedUpAt: JULY }, '2024-07-20T00:00:00+08:00', 'used'],
    ['used up, then expired', { usedUpAt: JULY }, '2024-09-01T00:00:00+08:00', 'used'],
    ['revoked', { revokedAt: JULY }, '2024-07-20T00:00:00+08:00', 'invalid'],
    ['expired and lapsed', { lapsedAt: NOW, balance: 0n as Money }, '2024-09-01T00:00:00+08:00', 'invalid'],
  ])('FIN-154: %s', (_, change, time, status) => {
    expect(statusOf(madeCoupon(change), instant(time))).toBe(status);
  });
});

describe('use', () => {
  it('FIN-55: a part leaves the rest, all of it makes the coupon used', () => {
    const { after, lapsed } = use(madeCoupon(), parseMoney('99.99999999'), NOW);
    expect([after.balance, lapsed, after.usedUpAt]).toEqual([parseMoney('0.00000001'), 0n, undefined]);
    expect(use(after, parseMoney('0.00000001'), NOW).after).toMatchObject({ balance: 0n, usedUpAt: NOW });
  });

  it('FIN-56: of a coupon for one use the rest lapses', () => {
    const { after, lapsed } = use(madeCoupon({ multiUse: false }), parseMoney('30'), NOW);
    expect([after.balance, lapsed, statusOf(after, JULY)]).toEqual([0n, parseMoney('70'), 'used']);
  });

  it.each(['100.00000001', '-1'])('FIN-55: %s cannot be taken', (amount) => {
    expect(() => use(madeCoupon(), parseMoney(amount), NOW)).toThrow(RangeError);
  });
});

describe('restore', () => {
  it('FIN-64: makes a used coupon available again, or invalid when it has expired', () => {
    const used = madeCoupon({ left: '0', usedUpAt: NOW });
    const { after, restored } = restore(used, parseMoney('20'));
    expect([after.balance, restored]).toEqual([parseMoney('20'), parseMoney('20')]);
    expect([statusOf(after, JULY), statusOf(after, NOW)]).toEqual(['available', 'invalid']);
    expect(after.expiresAt).toBe(used.expiresAt);
  });

  it('FIN-64: at most up to the face value, which an assignment may have lowered', () => {
    const { after, restored } = restore(madeCoupon({ face: '60', left: '50' }), parseMoney('20'));
    expect([after.balance, restored]).toEqual([parseMoney('60'), parseMoney('10')]);
    expect(restore(madeCoupon(), parseMoney('1')).restored).toBe(0n);
  });
});

it('FIN-55, FIN-64: whatever is taken and given back, a coupon holds between nothing and its face value', () => {
  const amount = fc.bigInt({ min: 0n, max: 12_000_000_000_000n }).map((value) => value as Money);
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), amount), { maxLength: 40 }), (steps) => {
      let coupon = madeCoupon({ face: '10' });
      let [used, given] = [0n, 0n];
      for (const [taking, wished] of steps) {
        if (taking && wished > coupon.balance) continue;
        const step = taking ? use(coupon, wished, NOW) : restore(coupon, wished);
        coupon = step.after;
        if (taking) used += wished;
        else if ('restored' in step) given += step.restored;
        expect(coupon.balance >= 0n && coupon.balance <= coupon.faceValue).toBe(true);
      }
      expect(coupon.balance).toBe(coupon.faceValue - used + given);
    }),
  );
});
