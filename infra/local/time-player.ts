import type { Instant } from '#lib/shared/time.ts';
import type { MovableClock } from './movable-clock.ts';
import type { JobRun, Pace, Scheduler } from './scheduler.ts';

/** Moves the clock and runs what becomes due, one move after the other. */
export class TimePlayer {
  readonly #clock: MovableClock;
  readonly #scheduler: Scheduler;
  readonly #drain: () => Promise<number>;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(clock: MovableClock, scheduler: Scheduler, drain: () => Promise<number>) {
    this.#clock = clock;
    this.#scheduler = scheduler;
    this.#drain = drain;
  }

  /** Plays forward to `to`: each job runs at its due time, and what it sets off is worked off before time goes on. */
  moveTo(to: Instant, pace: Pace = 'every'): Promise<JobRun[]> {
    return this.#inTurn(async () => {
      await this.#drain();
      const around = {
        before: (dueAt: Instant) => this.#forward(dueAt),
        after: async () => void (await this.#drain()),
      };
      const runs = await this.#scheduler.runUntil(to, around, pace);
      this.#forward(to);
      await this.#drain();
      return runs;
    });
  }

  /** Runs what has become due by itself. */
  tick(): Promise<JobRun[]> {
    return this.#inTurn(() =>
      this.#scheduler.runUntil(this.#clock.now(), { before: () => undefined, after: async () => undefined }),
    );
  }

  #forward(to: Instant): void {
    if (to > this.#clock.now()) this.#clock.set(to);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work);
    this.#turn = turn.catch(() => undefined); // told to its own caller; the next move starts afresh
    return turn;
  }
}
