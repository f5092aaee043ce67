import { replaceClock } from '#lib/shared/clock.ts';
import { epochMs, type Instant, instant, plus } from '#lib/shared/time.ts';

/** Stands still until it is moved. */
const START = instant('2024-09-10T10:00:00+08:00');
let current: Instant = START;

replaceClock(() => epochMs(current));

export const clock = {
  now: (): Instant => current,
  reset: (): Instant => {
    current = START;
    return current;
  },
  /** Any RFC 3339 time with an offset, such as `2024-08-20T11:30:00+08:00`. */
  set: (time: string): Instant => {
    current = instant(time);
    return current;
  },
  advance: (duration: Parameters<typeof plus>[1]): Instant => {
    current = plus(current, duration);
    return current;
  },
};
