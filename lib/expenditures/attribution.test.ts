import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { creditedDays, takesOwnCoupons } from './attribution.ts';

describe('creditedDays', () => {
  const assignedAt = instant('2024-08-10T23:59:59+08:00');

  it('ORD-139, ORD-140: assigned on 10 August and unassigned on 20 September, 11 August to 30 September count', () => {
    const ended = { at: instant('2024-09-20T00:00:00+08:00'), by: 'unassignment' } as const;
    expect(creditedDays({ assignedAt, ended })).toEqual({ first: '2024-08-11', last: '2024-09-30' });
  });

  it('ORD-139: counts from 00:00 of the next day on, without an end', () => {
    expect(creditedDays({ assignedAt })).toEqual({ first: '2024-08-11' });
    expect(creditedDays({ assignedAt: instant('2024-08-11T00:00:00+08:00') })).toEqual({ first: '2024-08-12' });
  });

  it('ORD-140: unassigned on the last day of a month, it ends with that day; on the 1st, with the month', () => {
    const unassigned = (at: string) =>
      creditedDays({ assignedAt, ended: { at: instant(at), by: 'unassignment' } }).last;
    expect(unassigned('2024-09-30T23:59:59+08:00')).toBe('2024-09-30');
    expect(unassigned('2024-10-01T00:00:00+08:00')).toBe('2024-10-31');
    expect(unassigned('2024-12-05T10:00:00+08:00')).toBe('2024-12-31');
  });

  it('ORD-140: on a direct change the former manager keeps the day of the change, the new one begins with the next', () => {
    const at = instant('2024-09-20T15:00:00+08:00');
    expect(creditedDays({ assignedAt, ended: { at, by: 'change' } }).last).toBe('2024-09-20');
    expect(creditedDays({ assignedAt: at }).first).toBe('2024-09-21');
  });

  it('ORD-139: assigned and changed on one day, no day counts', () => {
    const { first, last } = creditedDays({ assignedAt, ended: { at: assignedAt, by: 'change' } });
    expect(last !== undefined && last < first).toBe(true);
  });
});

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
