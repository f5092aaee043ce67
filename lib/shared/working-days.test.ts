import { describe, expect, it } from 'vitest';
import { instant } from './time.ts';
import { workingDaysAfter } from './working-days.ts';

const NONE = new Set<string>();
const endOf = (from: string, days: number, holidays = NONE) =>
  workingDaysAfter(instant(`${from}+08:00`), days, holidays);

describe('working days', () => {
  it.each([
    ['2024-08-01T10:00:00', 2, '2024-08-05T10:00:00', 'Thursday to Monday'],
    ['2024-07-29T00:00:00', 2, '2024-07-31T00:00:00', 'the first instant of a Monday'],
    ['2024-08-02T23:59:59.999', 2, '2024-08-06T23:59:59.999', 'the last instant of a Friday'],
    ['2024-08-03T00:00:00', 2, '2024-08-07T00:00:00', 'a Saturday counts from Monday 00:00'],
    ['2024-08-04T23:59:59', 2, '2024-08-07T00:00:00', 'a Sunday too'],
    ['2023-11-20T16:44:15', 3, '2023-11-23T16:44:15', 'three days within a week'],
    ['2023-11-24T10:00:00', 3, '2023-11-29T10:00:00', 'three days over a weekend'],
    ['2024-12-31T18:00:00', 2, '2025-01-02T18:00:00', 'over the end of a year'],
  ])('DEV-47, DEV-168: %s and %i days end at %s: %s', (from, days, end) => {
    expect(endOf(from, days)).toBe(instant(`${end}+08:00`));
  });

  it('DEV-196: holidays are days off, also as the beginning', () => {
    const holidays = new Set(['2024-08-02', '2024-08-05']);
    expect(endOf('2024-08-01T10:00:00', 2, holidays)).toBe(instant('2024-08-07T10:00:00+08:00'));
    expect(endOf('2024-08-02T10:00:00', 2, holidays)).toBe(instant('2024-08-08T00:00:00+08:00'));
  });

  it('DEV-196: the day is that of GMT+08:00', () => {
    // Friday 17:00 UTC is Saturday 01:00
    expect(workingDaysAfter(instant('2024-08-02T17:00:00Z'), 2, NONE)).toBe(instant('2024-08-07T00:00:00+08:00'));
  });
});
