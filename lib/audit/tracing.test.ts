import { describe, expect, it } from 'vitest';
import { instant, plus } from '#lib/shared/time.ts';
import { mayHoldTraces, type Tracing, turn } from './tracing.ts';

const NOON = instant('2024-09-10T12:00:00Z');
const on: Tracing = { enabled: true, since: NOON, version: 1 };
const off: Tracing = { enabled: false, since: NOON, version: 2 };

describe('turn', () => {
  it('ORD-151: off until the customer turns it on; turning it twice is turning it once', () => {
    expect(turn(undefined, false, NOON)).toBeUndefined();
    expect(turn(undefined, true, NOON)).toEqual(on);
    expect(turn(on, true, plus(NOON, { hours: 1 }))).toBeUndefined();
    expect(turn(on, false, NOON)).toEqual(off);
  });

  it('ORD-151: a turn never lies before the one it follows', () => {
    expect(turn(on, false, plus(NOON, { seconds: -1 }))).toEqual(off);
  });
});

describe('mayHoldTraces', () => {
  it.each([
    ['never turned on', undefined, NOON, false],
    ['on for years', on, plus(NOON, { days: 1000 }), true],
    ['off for a second less than seven days', off, plus(NOON, { days: 7, seconds: -1 }), true],
    ['off for seven days', off, plus(NOON, { days: 7 }), false],
  ])('ORD-155: %s', (_case, last, now, expected) => {
    expect(mayHoldTraces(last, now)).toBe(expected);
  });
});
