import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { UNCONTROLLED } from '../customer.ts';
import { endingOn, overdueRelease } from './retention.ts';

const UNTIL = instant('2024-08-16T10:00:00+08:00');
const frozen = { ...UNCONTROLLED, freezeLevel: 'account-and-resources', retentionUntil: UNTIL } as const;

describe('retention', () => {
  it('CUS-031, CUS-155: over at the very instant, once', () => {
    expect(overdueRelease(frozen, instant('2024-08-16T09:59:59.999+08:00'))).toBeUndefined();
    expect(overdueRelease(frozen, UNTIL)).toBe(UNTIL);
    expect(overdueRelease({ ...frozen, resourcesReleasedAt: UNTIL }, UNTIL)).toBeUndefined();
    expect(overdueRelease(UNCONTROLLED, UNTIL)).toBeUndefined();
  });

  it('CUS-158, CUS-253: days before the release are those of the calendar in GMT+08:00', () => {
    for (const [now, days] of [
      ['2024-08-09T09:00:00+08:00', 7],
      ['2024-08-13T09:00:00+08:00', 3],
      ['2024-08-15T23:59:59+08:00', 1],
    ] as const)
      expect(endingOn(instant(now), days)).toEqual({
        from: instant('2024-08-16T00:00:00+08:00'),
        before: instant('2024-08-17T00:00:00+08:00'),
      });
  });
});
