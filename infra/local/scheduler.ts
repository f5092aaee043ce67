import type { ScheduleHandler } from '#lib/shared/schedule.ts';
import type { Instant } from '#lib/shared/time.ts';
import { lastDue, nextDue } from './cron.ts';

/** One run of a scheduled job. */
export interface JobRun {
  readonly name: string;
  readonly dueAt: Instant;
  readonly failed: boolean;
}

/** `every` run that became due, or of each job the `latest` alone: jobs bear being late, so a story can be played fast. */
export type Pace = 'every' | 'latest';

interface Due {
  readonly at: Instant;
  readonly handlers: readonly ScheduleHandler[];
}

/** Runs scheduled jobs in the order in which they are due, each exactly once, however far the clock was moved. */
export class Scheduler {
  readonly #handlers: readonly ScheduleHandler[];
  #position: Instant;

  /** @param position everything due up to this time counts as done */
  constructor(handlers: readonly ScheduleHandler[], position: Instant) {
    this.#handlers = handlers.toSorted((a, b) => (a.definition.name < b.definition.name ? -1 : 1));
    this.#position = position;
  }

  get position(): Instant {
    return this.#position;
  }

  /** Runs what is due up to `until`; `around` sees each due time before its jobs run and after. */
  async runUntil(
    until: Instant,
    around: { before(dueAt: Instant): void; after(): Promise<void> },
    pace: Pace = 'every',
  ): Promise<JobRun[]> {
    const runs: JobRun[] = [];
    for (const due of pace === 'every' ? this.#allDue(until) : this.#latestDue(until)) {
      this.#position = due.at;
      around.before(due.at);
      for (const handler of due.handlers) runs.push(await run(handler, due.at));
      await around.after();
    }
    if (until > this.#position) this.#position = until;
    return runs;
  }

  *#allDue(until: Instant): Generator<Due> {
    for (let due = this.#nextDue(until); due !== undefined; due = this.#nextDue(until)) yield due;
  }

  #latestDue(until: Instant): Due[] {
    const latest = this.#handlers.flatMap((handler) => {
      const { schedule, timezone } = handler.definition;
      const at = lastDue(schedule, timezone, until);
      return at === undefined || at <= this.#position ? [] : [{ at, handler }];
    });
    const byTime = Map.groupBy(latest, ({ at }) => at);
    return [...byTime]
      .map(([at, dues]) => ({ at, handlers: dues.map(({ handler }) => handler) }))
      .sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  #nextDue(until: Instant): Due | undefined {
    const due = this.#handlers.flatMap((handler) => {
      const at = nextDue(handler.definition.schedule, handler.definition.timezone, this.#position);
      return at !== undefined && at <= until ? [{ at, handler }] : [];
    });
    const first = due.map((each) => each.at).sort()[0];
    return first && { at: first, handlers: due.filter((each) => each.at === first).map((each) => each.handler) };
  }
}

/** A job that fails is reported and, like any other, not run again for the same time. */
async function run(handler: ScheduleHandler, dueAt: Instant): Promise<JobRun> {
  const { name } = handler.definition;
  try {
    await handler({ time: dueAt, id: `${name}@${dueAt}` });
    return { name, dueAt, failed: false };
  } catch (error) {
    console.error(`${name} due at ${dueAt} failed:`, error);
    return { name, dueAt, failed: true };
  }
}
