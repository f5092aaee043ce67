import { describe, expect, it } from 'vitest';
import type { Association } from '#lib/customers/index.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { type BillingMonth, instant } from '#lib/shared/time.ts';
import { belongingOf, checkAmount } from './adjustment.ts';

const JULY = '2024-07' as BillingMonth;
const LAST = '2024-07-31T15:59:59.999Z';
const now = instant('2024-08-02T10:00:00+08:00');
const of = { partnerId: 'par_1', cycle: JULY };

const association = (since: string, endedAt?: string, wish: Partial<Association> = {}): Association => ({
  partnerId: 'par_1',
  type: 'reseller',
  since: instant(since),
  accountManagers: {},
  ...(endedAt === undefined ? {} : { endedAt: instant(endedAt) }),
  ...wish,
});

describe('the amount', () => {
  it.each(['0.00000001', '-0.00000001', '12.5', '-999999999.99999999'])('FIN-34: %s is posted as it is', (amount) => {
    expect(() => checkAmount(parseMoney(amount))).not.toThrow();
  });

  it.each(['0', '0.000000001', '-0.004999999999'])('FIN-40: %s has nothing, or more than 8 decimals', (amount) => {
    expect(() => checkAmount(parseMoney(amount))).toThrow('ADJUSTMENT_INVALID');
  });
});

describe('the time of an adjustment', () => {
  it('FIN-69: after the cycle, its last instant', () => {
    expect(belongingOf([association('2024-01-01T00:00:00+08:00')], of, now).at).toBe(LAST);
  });

  it('FIN-69: inside the cycle, now', () => {
    const inside = instant('2024-07-10T10:00:00+08:00');
    expect(belongingOf([association('2024-01-01T00:00:00+08:00')], of, inside).at).toBe(inside);
  });

  it('FIN-69: a cycle that has not begun takes none, from its first instant on it does', () => {
    const associations = [association('2024-01-01T00:00:00+08:00')];
    expect(() => belongingOf(associations, of, instant('2024-06-30T23:59:59.999+08:00'))).toThrow('CYCLE_NOT_BEGUN');
    expect(belongingOf(associations, of, instant('2024-07-01T00:00:00+08:00')).at).toBe('2024-06-30T16:00:00.000Z');
  });

  it('FIN-12: of a customer that left, its last moment', () => {
    const left = association('2024-01-01T00:00:00+08:00', '2024-07-10T12:00:00+08:00');
    expect(belongingOf([left], of, now).at).toBe('2024-07-10T03:59:59.999Z');
  });

  it('FIN-12: not of one that left at the first instant of the cycle', () => {
    const left = association('2024-01-01T00:00:00+08:00', '2024-07-01T00:00:00+08:00');
    expect(() => belongingOf([left], of, now)).toThrow('CUSTOMER_NOT_ASSOCIATED');
  });

  it('FIN-12: not of one that came after the cycle, but of one that came at its last instant', () => {
    expect(() => belongingOf([association('2024-08-01T00:00:00+08:00')], of, now)).toThrow('CUSTOMER_NOT_ASSOCIATED');
    expect(belongingOf([association(LAST)], of, now).at).toBe(LAST);
  });

  it('FIN-11: not of a referral customer, nor of another partner’s', () => {
    const since = '2024-01-01T00:00:00+08:00';
    for (const wish of [{ type: 'referral' as const }, { partnerId: 'par_2' }]) {
      expect(() => belongingOf([association(since, undefined, wish)], of, now)).toThrow('CUSTOMER_NOT_ASSOCIATED');
    }
  });

  it('FIN-13: of several associations in the cycle the latest gives its reseller', () => {
    const first = association('2024-01-01T00:00:00+08:00', '2024-07-05T00:00:00+08:00', { resellerId: 'res_1' });
    const second = association('2024-07-08T00:00:00+08:00', undefined, { resellerId: 'res_2' });
    expect(belongingOf([first, second], of, now).association.resellerId).toBe('res_2');
  });
});
