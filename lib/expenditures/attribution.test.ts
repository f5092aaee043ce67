import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { takesOwnCoupons } from './attribution.ts';

describe('takesOwnCoupons', () => {
  const since = instant('2024-08-10T12:00:00+08:00');

  it.each([
    ['reseller', '2024-08-10T12:00:00+08:00', true],
    ['reseller', '2024-08-10T12:00:00.001+08:00', false],
    ['referral', '2024-09-10T12:00:00+08:00', true],
  ] as const)('ORD-134: %s, spent until %s: %s', (type, spentAt, expected) => {
    expect(takesOwnCoupons({ type, since }, instant(spentAt))).toBe(expected);
  });
});
