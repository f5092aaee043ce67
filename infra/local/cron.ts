import { Cron } from 'croner';
import { epochMs, type Instant, instantOfEpochMs } from '#lib/shared/time.ts';

const MINUTES = { minute: 1, hour: 60, day: 1_440 } as const;

interface Answer {
  readonly after: Instant;
  readonly next: Instant | undefined;
}

/** The last answer per expression: the next time stays the same until it has come, and finding it is slow. */
const answers = new Map<string, Answer>();

/**
 * The first time after `after` for which an EventBridge Scheduler expression such as `cron(0 2 5 * ? *)` is due.
 * @returns `undefined` when there is none any more
 */
export function nextDue(expression: string, timezone: string, after: Instant): Instant | undefined {
  const key = `${expression} ${timezone}`;
  const known = answers.get(key);
  if (known && known.after <= after && (known.next === undefined || after < known.next)) return known.next;
  const next = findNext(expression, timezone, after);
  answers.set(key, { after, next });
  return next;
}

/** The last time, `until` included, for which an expression is due; `undefined` when there never was one. */
export function lastDue(expression: string, timezone: string, until: Instant): Instant | undefined {
  const { kind, fields } = partsOf(expression);
  if (kind === 'rate') return instantOfEpochMs(Math.floor(epochMs(until) / periodOf(fields)) * periodOf(fields));
  const behind = (Math.floor(epochMs(until) / 1_000) + 1) * 1_000; // due times are whole seconds
  const [last] = knownCron(fields, timezone).previousRuns(1, new Date(behind));
  return last && instantOfEpochMs(last.getTime());
}

function findNext(expression: string, timezone: string, after: Instant): Instant | undefined {
  const { kind, fields } = partsOf(expression);
  if (kind === 'rate') return instantOfEpochMs((Math.floor(epochMs(after) / periodOf(fields)) + 1) * periodOf(fields));
  const next = knownCron(fields, timezone).nextRun(new Date(epochMs(after)));
  return next === null ? undefined : instantOfEpochMs(next.getTime());
}

function partsOf(expression: string) {
  const [, kind, fields = ''] = /^(cron|rate)\((.+)\)$/.exec(expression) ?? [];
  if (kind !== 'cron' && kind !== 'rate') throw new Error(`${expression} is no expression of the scheduler`);
  return { kind, fields } as const;
}

const crons = new Map<string, Cron>(); // reading an expression costs more than finding its next time

function knownCron(fields: string, timezone: string): Cron {
  const key = `${fields} ${timezone}`;
  const cron = crons.get(key) ?? cronOf(fields, timezone);
  crons.set(key, cron);
  return cron;
}

/** The scheduler counts from minutes, writes `?` for a day that the other field decides, and starts the week with Sunday as 1. */
const cronOf = (fields: string, timezone: string): Cron =>
  new Cron(`0 ${fields.replaceAll('?', '*')}`, {
    timezone,
    mode: '7-part',
    alternativeWeekdays: true,
    sloppyRanges: true, // `0/15`
    paused: true,
  });

/** Milliseconds. AWS counts from the deployment; here a rate falls on round times, so that every run of a story is the same. */
function periodOf(fields: string): number {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(fields) ?? [];
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day') throw new Error(`rate(${fields}) is no rate`);
  return Number(count) * MINUTES[unit] * 60_000;
}
