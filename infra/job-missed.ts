import type { ScheduleHandler } from '#lib/shared/schedule.ts';
import { epochMs, instant } from '#lib/shared/time.ts';
import type { Alarm } from './alarm.ts';
import { nextDue } from './local/cron.ts';
import { sub } from './names.ts';

const HOUR_MS = 3_600_000;
/** EventBridge Scheduler itself tries for an hour, and the hours that CloudWatch counts are full ones. */
const PATIENCE_HOURS = 2;
/** As far as CloudWatch looks back: a week. */
const LONGEST_LOOK_BACK_HOURS = 168;

/**
 * A job that is not even started, because its schedule was switched off or lost. What runs once a month has no such alarm; whether the bills
 * of a month are there is watched by a job of its own (BillsLate).
 */
export function jobMissed({ name, schedule, timezone }: ScheduleHandler['definition']): Alarm[] {
  const hours = longestPauseHours(schedule, timezone) + PATIENCE_HOURS;
  if (hours > LONGEST_LOOK_BACK_HOURS) return [];
  return [
    {
      name: `${name}-missed`,
      runbook: 'job-missed',
      namespace: 'AWS/Lambda',
      metric: 'Invocations',
      dimensions: { FunctionName: sub(`\${Prefix}-${name}`) },
      statistic: 'Sum',
      below: 1,
      minutes: 60,
      periods: hours,
    },
  ];
}

/** Between two of the next times of a schedule, of which several may lie on one day. */
export function longestPauseHours(schedule: string, timezone: string): number {
  let last = nextDue(schedule, timezone, instant('2024-01-01T00:00:00Z'));
  let longest = 0;
  for (let i = 0; i < 4; i += 1) {
    const next = last && nextDue(schedule, timezone, last);
    if (!last || !next) throw new Error(`${schedule} ends`);
    longest = Math.max(longest, epochMs(next) - epochMs(last));
    last = next;
  }
  return Math.ceil(longest / HOUR_MS);
}
