import { Cron } from 'croner';
import { epochMs, type Instant, instantOfEpochMs } from '#lib/shared/time.ts';

/**
 * The first time after `after` for which an EventBridge Scheduler expression such as `cron(0 2 5 * ? *)` is due.
 * @returns `undefined` when there is none any more
 */
export function nextDue(expression: string, timezone: string, after: Instant): Instant | undefined {
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1];
  if (fields === undefined) throw new Error(`${expression} is no cron expression`);
  // The scheduler counts from minutes, writes `?` for a day that the other field decides, and starts the week with Sunday as 1.
  const cron = new Cron(`0 ${fields.replaceAll('?', '*')}`, {
    timezone,
    mode: '7-part',
    alternativeWeekdays: true,
    paused: true,
  });
  const next = cron.nextRun(new Date(epochMs(after)));
  return next === null ? undefined : instantOfEpochMs(next.getTime());
}
