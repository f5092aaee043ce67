import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { nextOpening } from './working-hours.ts';

const at = (time: string, zone = 'Asia/Singapore') => nextOpening(instant(time), zone);

describe('ORG-67: working hours', () => {
  it.each([
    ['Monday 09:00:00', '2024-09-09T09:00:00+08:00', '2024-09-09T09:00:00+08:00'],
    ['Tuesday 17:59:59', '2024-09-10T17:59:59+08:00', '2024-09-10T17:59:59+08:00'],
    ['Tuesday 08:59:59', '2024-09-10T08:59:59+08:00', '2024-09-10T09:00:00+08:00'],
    ['Tuesday 00:00:00', '2024-09-10T00:00:00+08:00', '2024-09-10T09:00:00+08:00'],
    ['Tuesday 18:00:00', '2024-09-10T18:00:00+08:00', '2024-09-11T09:00:00+08:00'],
    ['Friday 18:00:00', '2024-09-13T18:00:00+08:00', '2024-09-16T09:00:00+08:00'],
    ['Saturday 12:00:00', '2024-09-14T12:00:00+08:00', '2024-09-16T09:00:00+08:00'],
    ['Sunday 23:59:59', '2024-09-15T23:59:59+08:00', '2024-09-16T09:00:00+08:00'],
    ['over the end of a month', '2024-08-30T20:00:00+08:00', '2024-09-02T09:00:00+08:00'],
  ])('ORG-67: %s', (_when, now, opening) => {
    expect(at(now)).toBe(instant(opening));
  });

  it('ORG-66: the wall clock is that of the partner, not of the billing calendar', () => {
    expect(at('2024-09-10T10:00:00+08:00', 'Europe/Berlin')).toBe(instant('2024-09-10T09:00:00+02:00'));
    expect(at('2024-09-14T00:30:00+08:00', 'America/New_York')).toBe(instant('2024-09-13T12:30:00-04:00'));
  });

  it('ORG-66: 09:00 is 09:00 also when the clocks changed over the weekend', () => {
    expect(at('2024-10-26T12:00:00+02:00', 'Europe/Berlin')).toBe(instant('2024-10-28T09:00:00+01:00'));
    expect(at('2024-03-29T19:00:00+01:00', 'Europe/Berlin')).toBe(instant('2024-04-01T09:00:00+02:00'));
  });

  it('spec chapter 02, example 30: Saturday 12:00 in GMT+05:00 waits for Monday 09:00', () => {
    expect(at('2024-09-14T12:00:00+05:00', 'Asia/Karachi')).toBe(instant('2024-09-16T09:00:00+05:00'));
  });
});
