import { describe, expect, it } from 'vitest';
import { type Money, parseMoney, subtract, sum } from '#lib/shared/money.ts';
import { checkLimit, isWithin, nextCharge, SEED_LIMITS, type TransactionLimit } from './limits.ts';

const seed = (currency: string): TransactionLimit => {
  const limit = SEED_LIMITS.find((each) => each.currency === currency);
  if (!limit) throw new Error(currency);
  return limit;
};

describe('transaction limits', () => {
  it.each([
    ['USD', '0', false],
    ['USD', '0.01', true],
    ['USD', '0.015', false],
    ['USD', '20000', true],
    ['USD', '20000.01', false],
    ['USD', '-1', false],
    ['CLP', '1', true],
    ['CLP', '0', false],
    ['CLP', '1.5', false],
    ['CLP', '11000000', true],
    ['CLP', '11000001', false],
  ])('FIN-73: %s %s is accepted: %s', (currency, amount, accepted) => {
    expect(isWithin(seed(currency), parseMoney(amount))).toBe(accepted);
  });

  it.each([
    ['USD', '45000', ['20000', '20000', '5000']],
    ['USD', '20000', ['20000']],
    ['USD', '20000.01', ['20000', '0.01']],
    ['CLP', '22000003', ['11000000', '11000000', '3']],
  ])('FIN-90: %s %s is charged as %s', (currency, whole, expected) => {
    const charges: Money[] = [];
    for (let rest = parseMoney(whole); rest > 0n; ) {
      const amount = nextCharge(seed(currency), rest);
      if (amount === undefined) break;
      charges.push(amount);
      rest = subtract(rest, amount);
    }
    expect(charges).toEqual(expected.map(parseMoney));
    expect(sum(charges)).toBe(parseMoney(whole));
  });

  it('FIN-73: what is below the lower limit is not charged', () => {
    expect(nextCharge({ ...seed('USD'), lower: parseMoney('5') }, parseMoney('4.99'))).toBeUndefined();
  });

  it.each([
    ['0', '0'],
    ['-1', '10'],
    ['10', '5'],
    ['0.001', '10'],
  ])('FIN-73: limits from %s to %s are refused', (lower, upper) => {
    const limit = { currency: 'USD', lower: parseMoney(lower), upper: parseMoney(upper) };
    expect(() => checkLimit(limit)).toThrow('TRANSACTION_LIMIT_INVALID');
  });
});
