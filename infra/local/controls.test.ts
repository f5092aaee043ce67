import { describe, expect, it } from 'vitest';
import { type Instant, instant } from '#lib/shared/time.ts';
import { clockRoutes } from './controls.ts';
import type { Pace } from './scheduler.ts';

const START = instant('2024-08-20T10:00:00+08:00');

async function move(body: unknown) {
  const moves: [Instant, Pace | undefined][] = [];
  const moveClock = async (to: Instant, pace?: Pace) => {
    moves.push([to, pace]);
    return [];
  };
  const routes = clockRoutes({ now: () => START, moveClock });
  const answer = await routes['POST /local/clock']?.(JSON.stringify(body));
  return { status: answer?.statusCode, moves };
}

describe('POST /local/clock', () => {
  it.each([
    ['plays every run that is due', { advance: 'P1D' }, '2024-08-21T10:00:00+08:00', 'every'],
    ['plays each job once', { advance: 'P14D', pace: 'latest' }, '2024-09-03T10:00:00+08:00', 'latest'],
    ['to a named time', { now: '2024-08-20T02:00:00Z', pace: 'latest' }, '2024-08-20T10:00:00+08:00', 'latest'],
  ])('%s', async (_name, body, to, pace) => {
    expect(await move(body)).toEqual({ status: 200, moves: [[instant(to), pace]] });
  });

  it.each([
    ['another pace', { advance: 'P1D', pace: 'fast' }, 400],
    ['another field', { advance: 'P1D', speed: 'latest' }, 400],
    ['a time that is over', { now: '2024-08-20T09:59:59+08:00' }, 422],
  ])('refuses %s and moves nothing', async (_name, body, status) => {
    expect(await move(body)).toEqual({ status, moves: [] });
  });
});
