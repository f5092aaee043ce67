import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  cut,
  exactText,
  fixedText,
  loadMoney,
  type Money,
  parseMoney,
  percentText,
  roundedProduct,
  roundHalfUp,
  storeMoney,
  sum,
  tryParseMoney,
} from './money.ts';

describe('amounts', () => {
  it.each([
    ['100.00', '100.00'],
    ['0.00001605990', '0.0000160599'],
    ['-0.01288992000', '-0.01288992'],
    ['0.000000000001', '0.000000000001'],
    ['2147483647.00', '2147483647.00'],
  ])('CUS-254: %s is kept as delivered', (text, shown) => {
    expect(exactText(parseMoney(text))).toBe(shown);
  });

  it.each(['', '1e3', '1,000.00', '.5', '5.', '+1', ' 1', '0.0000000000001', '1234567890123456789', 'NaN', '--1'])(
    'CUS-254: %j is no amount',
    (text) => {
      expect(tryParseMoney(text)).toBeUndefined();
    },
  );

  it('CUS-254: any amount survives text and storage', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 29n), max: 10n ** 29n }), (units) => {
        const amount = units as Money;
        expect(parseMoney(exactText(amount, 2))).toBe(amount);
        expect(loadMoney(storeMoney(amount))).toBe(amount);
      }),
    );
  });

  it.each([
    ['0.005', 2, '0.01'],
    ['-0.005', 2, '-0.01'],
    ['0.004999999999', 2, '0.00'],
    ['7192.0574925', 2, '7192.06'],
    ['0.000000005', 8, '0.00000001'],
    ['0.0000000049', 8, '0.00000000'],
    ['155.5', 0, '156'],
  ])('FIN-40: %s rounds HALF_UP to %i places', (text, places, expected) => {
    expect(fixedText(parseMoney(text), places)).toBe(expected);
  });

  it.each([
    ['1.999', 2, '1.99'],
    ['-1.999', 2, '-1.99'],
  ])('FIN-59: %s is cut, not rounded', (text, places, expected) => {
    expect(exactText(cut(parseMoney(text), places))).toBe(expected);
  });

  it('FIN-23: 72.576 at 50% gives 36.288', () => {
    expect(exactText(roundedProduct([parseMoney('72.576'), parseMoney('0.5')], 8))).toBe('36.288');
  });

  it('FIN-24: price x usage x ratio is rounded once', () => {
    const product = roundedProduct([parseMoney('2.40'), parseMoney('124')], 8, { numerator: 15n, denominator: 31n });
    expect(exactText(product)).toBe('144.00');
  });

  it('FIN-41: a sum does not depend on the order', () => {
    fc.assert(
      fc.property(fc.array(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n })), (units) => {
        const amounts = units as Money[];
        expect(sum(amounts)).toBe(sum([...amounts].reverse()));
      }),
    );
  });

  it('FIN-40: rounding moves an amount by at most half a step', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), (units) => {
        const amount = units as Money;
        const difference = add(roundHalfUp(amount, 8), -amount as Money);
        expect(difference <= 5_000n && difference >= -5_000n).toBe(true);
      }),
    );
  });

  it.each([
    ['74.99999999', '100.00', '74.99'],
    ['75', '100.00', '75.00'],
    ['1', '3', '33.33'],
    ['5', '0', null],
    ['-56.25', '100', '-56.25'],
    ['-0.25', '100', '-0.25'],
    ['-1', '3', '-33.33'],
    ['-0.001', '100', '0.00'],
    ['0.05', '100', '0.05'],
  ])('CUS-103: %s of %s is shown as %s percent, the rest dropped', (part, whole, expected) => {
    expect(percentText(parseMoney(part), parseMoney(whole))).toBe(expected);
  });
});
