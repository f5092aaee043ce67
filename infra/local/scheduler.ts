import type { ScheduleHandler } from '#lib/shared/schedule.ts';
import type { Instant } from '#lib/shared/time.ts';
import { nextDue } from './cron.ts';

/** One run of a scheduled job. */
export interface JobRun {
  readonly name: string;
  readonly dueAt: Instant;
  readonly failed: boolean;
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
  async runUntil(until: Instant, around: { before(dueAt: Instant): void; after(): Promise<void> }): Promise<JobRun[]> {
    const runs: JobRun[] = [];
    for (let dueAt = this.#nextDue(until); dueAt !== undefined; dueAt = this.#nextDue(until)) {
      this.#position = dueAt.at;
      around.before(dueAt.at);
      for (const handler of dueAt.handlers) runs.push(await run(handler, dueAt.at));
      await around.after();
    }
    if (until > this.#position) this.#position = until;
    return runs;
  }

  #nextDue(until: Instant): { at: Instant; handlers: ScheduleHandler[] } | undefined {
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
