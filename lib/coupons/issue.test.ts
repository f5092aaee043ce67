import { describe, expect, it } from 'vitest';
import { parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';
import { madeCoupon } from '../../tests/coupons/coupon.ts';
import { type CouponWish, decideIssue } from './issue.ts';

const wish = (change: Partial<CouponWish> = {}): CouponWish => ({ ...madeCoupon(), ...change });
const exchange = { source: 'incentive-exchange', effectiveAt: undefined, expiresAt: undefined } as const;

describe('issuing', () => {
  it.each([
    ['2024-07-01T10:00:00.999+08:00', '2024-07-01T02:00:00.000Z', '2025-07-01T01:59:59.000Z'],
    ['2024-02-29T00:00:00+08:00', '2024-02-28T16:00:00.000Z', '2025-02-27T15:59:59.000Z'],
    ['2023-02-28T23:59:59+08:00', '2023-02-28T15:59:59.000Z', '2024-02-28T15:59:58.000Z'],
  ])('FIN-133: an exchange approved at %s is valid for a year', (approvedAt, effectiveAt, expiresAt) => {
    expect(decideIssue('cpn_1', wish(exchange), instant(approvedAt))).toMatchObject({
      coupon: { effectiveAt, expiresAt, version: 1 },
    });
  });

  it('FIN-132: one second is the shortest validity; a coupon begins with its whole face value', () => {
    const second = instant('2024-07-01T00:00:00+08:00');
    const decision = decideIssue('cpn_1', wish({ effectiveAt: second, expiresAt: second }), second);
    expect(decision).toMatchObject({ coupon: { balance: madeCoupon().faceValue, issuedAt: second } });
  });

  it('FIN-132: without an end only for an exchange', () => {
    expect(decideIssue('cpn_1', wish({ expiresAt: undefined }), instant('2024-07-01T00:00:00Z'))).toEqual({
      faults: [{ pointer: '/expiresAt', detail: expect.any(String) }],
    });
  });

  it('FIN-132: everything that is wrong is named at once', () => {
    const bad = wish({
      effectiveAt: instant('2024-07-01T00:00:00.500Z'),
      expiresAt: instant('2024-06-30T00:00:00Z'),
      faceValue: parseMoney('-5'),
      kind: 'test',
      source: 'incentive-exchange',
      productScope: { mode: 'include', codes: [] },
    });
    const decision = decideIssue('cpn_1', bad, instant('2024-06-01T00:00:00Z'));
    expect('faults' in decision && decision.faults.map(({ pointer }) => pointer)).toEqual([
      '/effectiveAt',
      '/expiresAt',
      '/faceValue',
      '/kind',
      '/productScope/codes',
    ]);
  });
});
