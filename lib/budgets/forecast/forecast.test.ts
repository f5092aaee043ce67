import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Money, parseMoney, sum } from '#lib/shared/money.ts';
import type { BusinessDay } from '#lib/shared/time.ts';
import { exhaustionDay, type ForecastFacts, forecastUsage } from './forecast.ts';

const money = parseMoney;
const day = (text: string) => text as BusinessDay;
const facts = (wish: Partial<ForecastFacts> = {}): ForecastFacts => ({
  today: day('2024-08-21'),
  lastDay: day('2024-08-31'),
  usage: money('20'),
  window: Array.from({ length: 7 }, () => money('1')),
  meteredToday: money('0'),
  ...wish,
});

describe('the forecast of a month', () => {
  it('CUS-059: adds a mean day for every day that is left, today included; even days have no band', () => {
    expect(forecastUsage(facts())).toEqual({
      expected: money('31'),
      low: money('31'),
      high: money('31'),
    });
  });

  it('CUS-059: counts today once: as a mean day, or as what it is already', () => {
    expect(forecastUsage(facts({ usage: money('20.4'), meteredToday: money('0.4') }))?.expected).toBe(money('31'));
    expect(forecastUsage(facts({ usage: money('23'), meteredToday: money('3') }))?.expected).toBe(money('33'));
  });

  it('CUS-059: a purchase counts in full and is not expected again', () => {
    expect(forecastUsage(facts({ usage: money('520') }))?.expected).toBe(money('531'));
  });

  it('CUS-059: on the last day only the rest of it is left', () => {
    const last = { today: day('2024-08-31'), meteredToday: money('0.25'), usage: money('30.25') };
    expect(forecastUsage(facts(last))?.expected).toBe(money('31'));
  });

  it('CUS-059: the band is as wide as Student says, and never begins below what is counted', () => {
    // three of 2, three of 0, one of 1: mean 1, variance 1; 11 days left
    const window = ['2', '0', '2', '0', '2', '0', '1'].map(money);
    const uneven = forecastUsage(facts({ window }));
    const half = 1.44 * Math.sqrt(11 + 121 / 7);
    expect(uneven?.expected).toBe(money('31'));
    expect(Number(uneven?.high) / 1e12).toBeCloseTo(31 + half, 6);
    expect(Number(uneven?.low) / 1e12).toBeCloseTo(31 - half, 6);
    const three = forecastUsage(facts({ window: ['2', '0', '1'].map(money) }));
    expect(Number(three?.high) / 1e12).toBeCloseTo(31 + 1.886 * Math.sqrt(11 + 121 / 3), 3);
    const wild = [...Array.from({ length: 6 }, () => money('0')), money('10')];
    expect(forecastUsage(facts({ window: wild }))?.low).toBe(money('20'));
  });

  it('CUS-059: needs 3 days', () => {
    const two = facts({ window: [money('1'), money('1')] });
    expect([forecastUsage(two), exhaustionDay(two, money('21'))]).toEqual([undefined, undefined]);
    expect(forecastUsage(facts({ window: [money('1'), money('1'), money('1')] }))?.expected).toBe(money('31'));
  });

  it('CUS-059: usage reaches an amount on the first day that ends at it or above', () => {
    expect(exhaustionDay(facts(), money('21'))).toBe('2024-08-21');
    expect(exhaustionDay(facts(), money('21.000000000001'))).toBe('2024-08-22');
    expect(exhaustionDay(facts(), money('31'))).toBe('2024-08-31');
    expect(exhaustionDay(facts(), money('31.000000000001'))).toBeUndefined();
  });

  it('CUS-059: is reached in the month exactly when the forecast says so, whatever the days were', () => {
    const amount = fc.bigInt({ min: 0n, max: 10n ** 18n }).map((units) => units as Money);
    const days = fc.array(amount, { minLength: 3, maxLength: 7 });
    fc.assert(
      fc.property(days, amount, amount, (window, more, cap) => {
        const wish = facts({ window, usage: (sum(window) + more) as Money });
        const forecast = forecastUsage(wish);
        expect(exhaustionDay(wish, cap) !== undefined).toBe((forecast?.expected ?? 0n) >= cap);
        expect(forecast && forecast.low <= forecast.expected && forecast.expected <= forecast.high).toBe(true);
      }),
    );
  });
});
