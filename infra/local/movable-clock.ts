import { clock, replaceClock } from '#lib/shared/clock.ts';
import { epochMs, type Instant, instantOfEpochMs } from '#lib/shared/time.ts';

/** Time that goes on like that on the wall, from wherever it was put. */
export interface MovableClock {
  now(): Instant;
  set(time: Instant): void;
}

/** Takes the place of the system clock for every handler in this process. */
export function installMovableClock(start: Instant = clock.now()): MovableClock {
  let base = epochMs(start);
  let setAt = performance.now();
  const read = (): number => Math.floor(base + performance.now() - setAt);
  replaceClock(read);
  return {
    now: () => instantOfEpochMs(read()),
    set: (time) => {
      base = epochMs(time);
      setAt = performance.now();
    },
  };
}
