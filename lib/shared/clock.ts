import { type Instant, instantOfEpochMs } from './time.ts';

/** The only place that reads the system clock. Handlers read it once and pass `now` down (ARCHITECTURE, time and money). */
let read: () => number = () => Date.now();

export const clock = {
  now: (): Instant => instantOfEpochMs(read()),
};

/** Lets the local stack and the tests move time; nothing that is deployed calls it. */
export function replaceClock(source: () => number): void {
  read = source;
}
