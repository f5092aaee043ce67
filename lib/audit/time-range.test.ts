import { describe, expect, it } from 'vitest';
import { Refusal } from '#lib/shared/errors.ts';
import { instant, plus } from '#lib/shared/time.ts';
import { customerRange, ordered, type RangeWish } from './time-range.ts';

const NOW = instant('2024-09-10T12:00:00Z');
const WEEK_AGO = plus(NOW, { days: -7 });
const ago = (duration: Parameters<typeof plus>[1]) => ({ from: plus(NOW, duration), to: NOW });

function codeOf(wish: RangeWish): string {
  try {
    customerRange(wish, NOW);
  } catch (error) {
    if (error instanceof Refusal) return error.definition.code;
    throw error;
  }
  return 'accepted';
}

describe('customerRange', () => {
  it.each<[string, RangeWish, object]>([
    ['the last hour by default', {}, ago({ hours: -1 })],
    ['the last hour', { range: 'last-hour' }, ago({ hours: -1 })],
    ['the last day', { range: 'last-day' }, ago({ days: -1 })],
    ['the last week', { range: 'last-week' }, ago({ days: -7 })],
    ['from a time until now', { from: plus(NOW, { hours: -3 }) }, ago({ hours: -3 })],
    [
      'the hour before a time',
      { to: plus(NOW, { days: -1 }) },
      { from: plus(NOW, { days: -1, hours: -1 }), to: plus(NOW, { days: -1 }) },
    ],
    ['exactly seven days', { from: WEEK_AGO }, ago({ days: -7 })],
  ])('ORD-169: %s', (_case, wish, expected) => {
    expect(customerRange(wish, NOW)).toEqual(expected);
  });

  it.each<[string, RangeWish, string]>([
    ['a beginning seven days ago', { from: WEEK_AGO }, 'accepted'],
    ['a beginning a second earlier', { from: plus(WEEK_AGO, { seconds: -1 }) }, 'RANGE_TOO_OLD'],
    ['an end so early that its hour begins before', { to: plus(WEEK_AGO, { minutes: 59 }) }, 'RANGE_TOO_OLD'],
    ['an end before the beginning', { from: NOW, to: plus(NOW, { seconds: -1 }) }, 'INPUT_INVALID'],
    ['a beginning in the future', { from: plus(NOW, { seconds: 1 }) }, 'INPUT_INVALID'],
    ['a name and a beginning', { range: 'last-day', from: NOW }, 'INPUT_INVALID'],
  ])('ORD-169: %s', (_case, wish, expected) => {
    expect(codeOf(wish)).toBe(expected);
  });
});

describe('ordered', () => {
  it('accepts open ends and a single instant', () => {
    for (const range of [{}, { from: NOW }, { to: NOW }, { from: NOW, to: NOW }]) expect(ordered(range)).toEqual(range);
  });
});
