import { describe, expect, it } from 'vitest';
import { type Money, parseMoney, ZERO } from '#lib/shared/money.ts';
import { type BusinessDay, dayPlus, instant } from '#lib/shared/time.ts';
import { dayBefore, fallenDays, monthsOf, windowAt } from './detector.ts';

const FIRST = '2024-08-02' as BusinessDay;
const WINDOW = { first: FIRST, last: '2024-08-08' as BusinessDay };

/** Usage from the day before the window on. */
const fallen = (amounts: readonly string[], percent = 10) => {
  const usage = new Map<string, Money>(amounts.map((amount, i) => [dayPlus(FIRST, i - 1), parseMoney(amount)]));
  return fallenDays((day) => usage.get(day) ?? ZERO, WINDOW, { percent });
};

describe('windowAt', () => {
  it.each([
    ['2024-08-10T00:00:00+08:00', '2024-08-02', '2024-08-08'],
    ['2024-08-09T23:59:59+08:00', '2024-08-01', '2024-08-07'],
    ['2024-03-03T08:00:00+08:00', '2024-02-24', '2024-03-01'],
  ])('CUS-209, ORD-128: at %s the last 7 published days are %s to %s', (now, first, last) => {
    expect(windowAt(instant(now), { days: 7 })).toEqual({ first, last });
  });

  it('CUS-209: the first day is compared with the one before the window', () => {
    expect(dayBefore(WINDOW)).toBe('2024-08-01');
  });
});

describe('monthsOf', () => {
  it.each([
    ['2024-08-02', '2024-08-08', ['2024-08']],
    ['2024-08-01', '2024-08-07', ['2024-07', '2024-08']], // compared with 31 July
    ['2024-12-28', '2025-01-03', ['2024-12', '2025-01']],
  ])('CUS-209: %s to %s is read from %j', (first, last, months) => {
    expect(monthsOf({ first: first as BusinessDay, last: last as BusinessDay })).toEqual(months);
  });
});

describe('fallenDays', () => {
  it('CUS-209: more than the percentage; exactly it is no fall', () => {
    expect(fallen(['100', '90', '81', '72.9', '65.61', '59.049', '53.1441', '47.82969'])).toEqual([]);
    expect(fallen(['100', '89.99999999'])).toHaveLength(2); // the missing day after it is a fall to nothing
    expect(
      fallen(['100', '90', '80.99999999', '80.99999999', '80.99999999', '80.99999999', '80.99999999', '80.99999999']),
    ).toEqual(['2024-08-03']);
  });

  it('CUS-209: each day against the day before, rises and equal days between do not matter', () => {
    expect(fallen(['100', '50', '100', '50', '100', '50', '100', '50'])).toHaveLength(4);
    expect(fallen(['100', '50', '100', '50', '100', '50', '100', '100'])).toHaveLength(3);
  });

  it('CUS-209: from nothing nothing falls, falling to nothing is one fall', () => {
    expect(fallen(['0', '0', '0', '0', '0', '0', '0', '0'])).toEqual([]);
    expect(fallen(['100', '0', '0', '0', '0', '0', '0', '0'])).toEqual(['2024-08-02']);
  });

  it('CUS-209: the percentage is a setting', () => {
    expect(fallen(['100', '70', '70', '70', '70', '70', '70', '70'], 30)).toEqual([]);
    expect(fallen(['100', '69', '69', '69', '69', '69', '69', '69'], 30)).toEqual(['2024-08-02']);
  });
});
