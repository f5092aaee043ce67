import { describe, expect, it } from 'vitest';
import { epochMs, instant, instantOfEpochMs } from '#lib/shared/time.ts';
import { coolDownUntil } from './cool-down.ts';

const at = (text: string) => instant(`${text}+08:00`);

describe('coolDownUntil', () => {
  it('ORD-23: nobody asked, nobody waits', () => {
    expect(coolDownUntil(undefined, at('2024-08-14T20:02:07'))).toBeUndefined();
  });

  it.each([
    ['2024-05-14T20:02:08', '2024-08-14T20:02:08'],
    ['2024-11-30T10:00:00', '2025-02-28T10:00:00'],
    ['2023-11-30T10:00:00', '2024-02-29T10:00:00'],
    ['2024-01-31T00:00:00', '2024-04-30T00:00:00'],
    ['2024-03-31T23:59:59', '2024-06-30T23:59:59'],
    ['2024-05-31T10:00:00', '2024-08-31T10:00:00'],
    ['2024-07-31T10:00:00', '2024-10-31T10:00:00'],
    ['2024-08-31T10:00:00', '2024-11-30T10:00:00'],
    ['2024-12-31T10:00:00', '2025-03-31T10:00:00'],
    ['2024-11-29T10:00:00', '2025-02-28T10:00:00'],
  ])('ORD-23: after %s again from %s on, not a moment before', (last, again) => {
    const until = at(again);
    expect(coolDownUntil(at(last), at(last))).toBe(until);
    expect(coolDownUntil(at(last), instantOfEpochMs(epochMs(until) - 1))).toBe(until);
    expect(coolDownUntil(at(last), until)).toBeUndefined();
  });
});
