import { describe, expect, it } from 'vitest';
import { type Money, parseMoney, percentText } from '#lib/shared/money.ts';
import { reachedThresholds, standingOf } from './threshold.ts';

const money = (text: string): Money => parseMoney(text);

describe('reached thresholds', () => {
  it.each([
    ['0', []],
    ['74.99999999', []],
    ['74.999999999999', []],
    ['75.00000000', [75]],
    ['89.99999999', [75]],
    ['90', [75, 90]],
    ['99.99999999', [75, 90]],
    ['100', [75, 90, 100]],
    ['100.00000001', [75, 90, 100]],
    ['999999999999.99', [75, 90, 100]],
  ])('CUS-106, CUS-270: usage %s of 100.00 reaches %j', (usage, reached) => {
    expect(reachedThresholds(money(usage), money('100.00'))).toEqual(reached);
  });

  it.each([
    ['0.007499999999', []],
    ['0.0075', [75]],
    ['0.009', [75, 90]],
    ['0.01', [75, 90, 100]],
  ])('CUS-103: exact for the smallest budget: usage %s of 0.01', (usage, reached) => {
    expect(reachedThresholds(money(usage), money('0.01'))).toEqual(reached);
  });

  it.each([
    ['2147483646.99999999', [75, 90]],
    ['2147483647.00', [75, 90, 100]],
  ])('CUS-103: exact for the largest budget: usage %s', (usage, reached) => {
    expect(reachedThresholds(money(usage), money('2147483647.00'))).toEqual(reached);
  });

  it('CUS-033, CUS-103: an unset budget reaches none, whatever the usage', () => {
    expect(reachedThresholds(money('1000'), money('0'))).toEqual([]);
  });
});

describe('standing', () => {
  it.each([
    ['1000', '0', 'unset'],
    ['0', '100', 'within'],
    ['74.99999999', '100', 'within'],
    ['75', '100', 'warning-75'],
    ['89.99999999', '100', 'warning-75'],
    ['90', '100', 'warning-90'],
    ['99.99999999', '100', 'warning-90'],
    ['100', '100', 'exhausted'],
    ['120', '100', 'exhausted'],
  ])('CUS-033 to CUS-036: usage %s of %s is %s', (usage, amount, standing) => {
    expect(standingOf(money(usage), money(amount))).toBe(standing);
  });

  it('CUS-103: the percentage shown is rounded down and decides nothing', () => {
    expect(percentText(money('74.99999999'), money('100'))).toBe('74.99');
    expect(percentText(money('99.99999999'), money('100'))).toBe('99.99');
    expect(percentText(money('1'), money('3'))).toBe('33.33');
  });
});
