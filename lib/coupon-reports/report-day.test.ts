import { describe, expect, it } from 'vitest';
import type { Coupon } from '#lib/coupons/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { isReportDay, wasAvailableIn } from './report-day.ts';

const daysOf = (month: string, length: number): number[] =>
  Array.from({ length }, (_, i) => i + 1).filter((day) => isReportDay(`${month}-${String(day).padStart(2, '0')}`));

describe('report days', () => {
  it.each([
    ['2024-08', 31, [24, 28]],
    ['2024-12', 31, [24, 28]],
    ['2024-04', 30, [23, 27]],
    ['2024-02', 29, [22, 26]],
    ['2023-02', 28, [21, 25]],
  ])('FIN-140: of %s with %i days are %j', (month, length, days) => {
    expect(daysOf(month, length)).toEqual(days);
  });
});

describe('a test coupon counts in a month', () => {
  const coupon: Coupon = {
    couponId: 'cpn_1',
    partnerId: 'par_1',
    name: 'PoC',
    kind: 'test',
    source: 'poc-request',
    faceValue: parseMoney('50'),
    balance: parseMoney('50'),
    effectiveAt: instant('2024-07-10T00:00:00+08:00'),
    expiresAt: instant('2024-08-31T23:59:59+08:00'),
    productScope: { mode: 'exclude', codes: [] },
    billingModes: ['pay-per-use'],
    multiUse: true,
    excludeMarketplace: false,
    issuedAt: instant('2024-07-10T00:00:00+08:00'),
    version: 1,
  };
  const at = (time: string) => instant(time);

  it.each<[string, Partial<Coupon>, string, boolean]>([
    ['before it is effective', {}, '2024-06', false],
    ['in its first month', {}, '2024-07', true],
    ['in its last month', {}, '2024-08', true],
    ['after its expiry', {}, '2024-09', false],
    ['when it was revoked in that month', { revokedAt: at('2024-08-01T00:00:00+08:00') }, '2024-08', true],
    ['when it was revoked before', { revokedAt: at('2024-07-31T23:59:59+08:00') }, '2024-08', false],
    ['when it was used up in that month', { usedUpAt: at('2024-08-05T02:00:00+08:00') }, '2024-08', true],
    ['when it was used up before', { usedUpAt: at('2024-07-05T02:00:00+08:00') }, '2024-08', false],
  ])('FIN-141: %s', (_, change, month, counts) => {
    expect(wasAvailableIn({ ...coupon, ...change }, month as BillingMonth)).toBe(counts);
  });
});
