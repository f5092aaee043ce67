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

function findNext(expression: string, timezone: string, after: Instant): Instant | undefined {
  const [, kind, fields = ''] = /^(cron|rate)\((.+)\)$/.exec(expression) ?? [];
  if (kind === 'cron') return nextOfCron(fields, timezone, after);
  if (kind === 'rate') return nextOfRate(fields, after);
  throw new Error(`${expression} is no expression of the scheduler`);
}

const crons = new Map<string, Cron>(); // reading an expression costs more than finding its next time

function nextOfCron(fields: string, timezone: string, after: Instant): Instant | undefined {
  const key = `${fields} ${timezone}`;
  const cron = crons.get(key) ?? cronOf(fields, timezone);
  crons.set(key, cron);
  const next = cron.nextRun(new Date(epochMs(after)));
  return next === null ? undefined : instantOfEpochMs(next.getTime());
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

/** AWS counts from the deployment; here a rate falls on round times, so that every run of a story is the same. */
function nextOfRate(fields: string, after: Instant): Instant {
  const [, count, unit] = /^(\d+) (minute|hour|day)s?$/.exec(fields) ?? [];
  if (unit !== 'minute' && unit !== 'hour' && unit !== 'day') throw new Error(`rate(${fields}) is no rate`);
  const period = Number(count) * MINUTES[unit] * 60_000;
  return instantOfEpochMs((Math.floor(epochMs(after) / period) + 1) * period);
}
