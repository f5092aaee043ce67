import { describe, expect, it } from 'vitest';
import { type BillingMonth, type BusinessDay, instant } from '#lib/shared/time.ts';
import { businessDay, isPublished, publishedThrough } from './summary-day.ts';

const JULY = '2024-07' as BillingMonth;

describe('isPublished', () => {
  it.each([
    ['2024-07-02T23:59:59.999+08:00', false],
    ['2024-07-03T00:00:00+08:00', true],
    ['2024-07-02T16:00:00Z', true],
    ['2024-07-02T15:59:59Z', false],
  ])('ORD-128: on %s the 1st of July is shown: %s', (now, shown) => {
    expect(isPublished('2024-07-01' as BusinessDay, instant(now))).toBe(shown);
  });
});

describe('publishedThrough', () => {
  it.each([
    ['2024-07-02T23:59:59+08:00', undefined],
    ['2024-07-03T00:00:00+08:00', '2024-07-01'],
    ['2024-08-01T23:59:59+08:00', '2024-07-30'],
    ['2024-08-02T00:00:00+08:00', '2024-07-31'],
    ['2025-01-01T00:00:00+08:00', '2024-07-31'],
  ])('ORD-128: at %s the last day of July that is shown is %s', (now, day) => {
    expect(publishedThrough(JULY, instant(now))).toBe(day);
  });
});

describe('businessDay', () => {
  it('FIN-14: late records stand under the day before the cycle', () => {
    expect([businessDay(JULY, '00'), businessDay(JULY, '01'), businessDay(JULY, '31')]).toEqual([
      '2024-06-30',
      '2024-07-01',
      '2024-07-31',
    ]);
  });
});
