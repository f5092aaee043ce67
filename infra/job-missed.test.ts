import { describe, expect, it } from 'vitest';
import type { ScheduleHandler } from '#lib/shared/schedule.ts';
import { jobMissed, longestPauseHours } from './job-missed.ts';

describe('longestPauseHours', () => {
  it.each([
    ['cron(0/5 * * * ? *)', 1],
    ['cron(0 * * * ? *)', 1],
    ['cron(0 0/6 * * ? *)', 6],
    ['cron(0 9,21 * * ? *)', 12],
    ['cron(0 8,10 * * ? *)', 22],
    ['cron(10 0 * * ? *)', 24],
    ['cron(0 9 ? * 2 *)', 168],
    ['cron(0 10,12 5 * ? *)', 742], // from 12:00 on the 5th of January to 10:00 on that of February
  ])('%s: %i', (schedule, hours) => {
    expect(longestPauseHours(schedule, 'Asia/Singapore')).toBe(hours);
  });
});

describe('jobMissed', () => {
  const job = (schedule: string): ScheduleHandler['definition'] => ({
    kind: 'schedule',
    name: 'tidy-up',
    summary: 'Tidies up.',
    rules: 'none',
    schedule,
    timezone: 'UTC',
    timeoutSeconds: 20,
    run: async () => undefined,
  });

  it.each([
    ['cron(0 * * * ? *)', [3]],
    ['cron(10 0 * * ? *)', [26]],
    ['cron(0 0 1/6 * ? *)', [146]],
    ['cron(0 9 ? * 2 *)', []],
    ['cron(0 2 5 * ? *)', []],
  ])('%s is missed after %j hours', (schedule, hours) => {
    expect(jobMissed(job(schedule)).map(({ periods }) => periods)).toEqual(hours);
  });
});
