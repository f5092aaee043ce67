import { describe, expect, it, vi } from 'vitest';
import { clock } from '#lib/shared/clock.ts';
import { BILLING_TIME_ZONE, schedule } from '#lib/shared/schedule.ts';
import { epochMs, type Instant, instant, plus } from '#lib/shared/time.ts';
import { installMovableClock } from './movable-clock.ts';
import { Scheduler } from './scheduler.ts';
import { TimePlayer } from './time-player.ts';

const START = instant('2024-09-30T21:30:00+08:00');

function played(options: { failing?: string } = {}) {
  const happened: string[] = [];
  const movable = installMovableClock(START);
  const job = (name: string, expression: string) =>
    schedule({
      name,
      summary: 'For these tests.',
      rules: 'CUS-104',
      schedule: expression,
      timezone: BILLING_TIME_ZONE,
      timeoutSeconds: 60,
      run: async (dueAt) => {
        happened.push(`${name} ${hour(dueAt)} at ${hour(clock.now())}`);
        if (name === options.failing) throw new Error('broken');
      },
    });
  const handlers = [job('hourly', 'cron(0 * * * ? *)'), job('daily', 'cron(0 0 * * ? *)')];
  const player = new TimePlayer(movable, new Scheduler(handlers, START), async () => {
    happened.push('drained');
    return 0;
  });
  return { happened, player };
}

const hour = (time: Instant) => plus(time, { hours: 8 }).slice(11, 16);

describe('time player', () => {
  it('FIN-165: runs every job due in between once, in order, at its time, and works off what it set off', async () => {
    const { happened, player } = played();
    const runs = await player.moveTo(instant('2024-10-01T01:10:00+08:00'));

    expect(happened).toEqual([
      'drained',
      ...['hourly 22:00 at 22:00', 'drained'],
      ...['hourly 23:00 at 23:00', 'drained'],
      ...['daily 00:00 at 00:00', 'hourly 00:00 at 00:00', 'drained'],
      ...['hourly 01:00 at 01:00', 'drained'],
      'drained',
    ]);
    expect(runs.map((each) => each.name)).toEqual(['hourly', 'hourly', 'daily', 'hourly', 'hourly']);
    expect(clock.now() >= instant('2024-10-01T01:10:00+08:00')).toBe(true);
  });

  it('FIN-165: at the fast pace each job runs once, for the last time it became due', async () => {
    const { happened, player } = played();
    const runs = await player.moveTo(instant('2024-10-01T03:10:00+08:00'), 'latest');

    expect(happened.filter((each) => each !== 'drained')).toEqual(['daily 00:00 at 00:00', 'hourly 03:00 at 03:00']);
    expect(runs).toHaveLength(2);
    await player.moveTo(instant('2024-10-01T03:20:00+08:00'), 'latest');
    await player.tick();
    expect(happened.filter((each) => each !== 'drained')).toHaveLength(2);
  });

  it('FIN-165: a second move to the same time, or a tick after it, runs nothing again', async () => {
    const { happened, player } = played();
    await player.moveTo(instant('2024-09-30T22:00:00+08:00'));
    await player.moveTo(instant('2024-09-30T22:00:00+08:00'));
    await player.tick();
    expect(happened.filter((each) => each !== 'drained')).toEqual(['hourly 22:00 at 22:00']);
  });

  it('two moves at once are played one after the other', async () => {
    const { happened, player } = played();
    await Promise.all([
      player.moveTo(instant('2024-09-30T23:05:00+08:00')),
      player.moveTo(instant('2024-09-30T22:05:00+08:00')),
    ]);
    expect(happened.filter((each) => each !== 'drained')).toEqual(['hourly 22:00 at 22:00', 'hourly 23:00 at 23:00']);
    expect(epochMs(clock.now())).toBeGreaterThanOrEqual(epochMs(instant('2024-09-30T23:05:00+08:00')));
  });

  it('a job that fails is reported, and the others run', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const { player } = played({ failing: 'daily' });
    const runs = await player.moveTo(instant('2024-10-01T00:00:00+08:00'));
    expect(runs.filter((each) => each.failed)).toEqual([
      { name: 'daily', dueAt: '2024-09-30T16:00:00.000Z', failed: true },
    ]);
    expect(runs.at(-1)).toMatchObject({ name: 'hourly', dueAt: '2024-09-30T16:00:00.000Z', failed: false });
  });
});
