import { describe, expect, it } from 'vitest';
import {
  atBusinessTime,
  type BillingMonth,
  type BusinessDay,
  billingMonthOf,
  billingMonthOfIntervalEnd,
  businessDayOf,
  dayPlus,
  fullHour,
  instant,
  isTimeZone,
  monthStart,
  monthsBetween,
  nextFullHour,
  nextMonth,
  plus,
  plusMonths,
  previousMonth,
  tryInstant,
} from './time.ts';
import { inZone } from './zone.ts';

describe('the billing calendar', () => {
  it.each([
    ['2024-08-31T15:59:59.999Z', '2024-08'],
    ['2024-08-31T16:00:00.000Z', '2024-09'],
    ['2024-07-31T16:30:00Z', '2024-08'],
    ['2024-12-31T16:00:00Z', '2025-01'],
    ['2024-09-01T00:00:00+08:00', '2024-09'],
  ])('FIN-08: %s lies in %s', (time, month) => {
    expect(billingMonthOf(instant(time))).toBe(month);
  });

  it.each([
    ['2024-08-31T16:00:00.000Z', '2024-08'],
    ['2024-08-31T16:00:00.001Z', '2024-09'],
    ['2024-08-31T15:59:59.999Z', '2024-08'],
  ])('FIN-10: consumption that ends at %s belongs to %s', (end, month) => {
    expect(billingMonthOfIntervalEnd(instant(end))).toBe(month);
  });

  it('CUS-253: a month begins at 00:00:00 GMT+08:00', () => {
    expect(monthStart('2024-09' as BillingMonth)).toBe('2024-08-31T16:00:00.000Z');
    expect(businessDayOf(instant('2024-08-31T16:00:00Z'))).toBe('2024-09-01');
  });

  it('CUS-253: months and days count over year ends and leap days', () => {
    expect(nextMonth('2024-12' as BillingMonth)).toBe('2025-01');
    expect(previousMonth('2024-01' as BillingMonth)).toBe('2023-12');
    expect(dayPlus('2024-02-28' as BusinessDay, 1)).toBe('2024-02-29');
    expect(monthsBetween('2024-11' as BillingMonth, '2025-02' as BillingMonth)).toEqual([
      '2024-11',
      '2024-12',
      '2025-01',
      '2025-02',
    ]);
    expect(monthsBetween('2024-11' as BillingMonth, '2024-10' as BillingMonth)).toEqual([]);
  });

  it.each([
    ['2024-05-14T20:02:08+08:00', '2024-08-14T20:02:08+08:00'],
    ['2024-11-30T10:00:00+08:00', '2025-02-28T10:00:00+08:00'],
    ['2023-11-29T10:00:00+08:00', '2024-02-29T10:00:00+08:00'],
    ['2023-11-30T10:00:00+08:00', '2024-02-29T10:00:00+08:00'],
    ['2024-03-31T10:00:00+08:00', '2024-06-30T10:00:00+08:00'],
    ['2024-01-31T10:00:00+08:00', '2024-04-30T10:00:00+08:00'],
    ['2024-08-31T23:59:59.999+08:00', '2024-11-30T23:59:59.999+08:00'],
    // The month is that of GMT+08:00: in UTC this is still the 30th.
    ['2024-08-31T00:00:00+08:00', '2024-11-30T00:00:00+08:00'],
    ['2024-12-31T00:30:00+08:00', '2025-03-31T00:30:00+08:00'],
    ['2024-02-29T12:00:00+08:00', '2024-05-29T12:00:00+08:00'],
  ])('ORD-23: three months after %s is %s', (time, later) => {
    expect(plusMonths(instant(time), 3)).toBe(instant(later));
  });

  it('FIN-07: 02:00 on the 5th is 18:00 UTC on the 4th', () => {
    expect(atBusinessTime('2024-08-05' as BusinessDay, '02:00:00')).toBe('2024-08-04T18:00:00.000Z');
  });

  it('CUS-104: full hours', () => {
    expect(fullHour(instant('2024-08-06T11:20:30Z'))).toBe('2024-08-06T11:00:00.000Z');
    expect(nextFullHour(instant('2024-08-06T11:00:00Z'))).toBe('2024-08-06T12:00:00.000Z');
  });

  it.each([
    ['2024-02-30T00:00:00Z'],
    ['2024-08-31'],
    ['2024-08-31T16:00:00'],
    ['2024-08-31T16:00:00.0001Z'],
    ['yesterday'],
  ])('CUS-252: %s is no time', (text) => {
    expect(tryInstant(text)).toBeUndefined();
  });

  it('CUS-252: instants of one time in two zones are the same text', () => {
    expect(instant('2024-09-01T00:00:00+08:00')).toBe(instant('2024-08-31T16:00:00Z'));
    expect(plus(instant('2024-02-28T23:59:59Z'), { seconds: 1 })).toBe('2024-02-29T00:00:00.000Z');
  });

  it('ORG-66: notices show the wall clock of the partner', () => {
    expect(inZone(instant('2024-07-06T07:00:00Z'), 'Asia/Karachi')).toMatchObject({
      text: '2024-07-06 12:00:00 (GMT+05:00)',
      weekday: 6,
      hour: 12,
    });
    expect(isTimeZone('Asia/Karachi')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});
