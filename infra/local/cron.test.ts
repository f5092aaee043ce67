import { describe, expect, it } from 'vitest';
import { instant } from '#lib/shared/time.ts';
import { lastDue, nextDue } from './cron.ts';

const dueAfter = (expression: string, time: string, zone = 'Asia/Singapore') =>
  nextDue(expression, zone, instant(time));

describe('nextDue', () => {
  it.each([
    ['FIN-06: 02:00 on the 5th', 'cron(0 2 5 * ? *)', '2024-09-30T00:00:00+08:00', '2024-10-05T02:00:00+08:00'],
    [
      'FIN-06: a due time itself is over',
      'cron(0 2 5 * ? *)',
      '2024-10-05T02:00:00+08:00',
      '2024-11-05T02:00:00+08:00',
    ],
    ['FIN-06: a moment before', 'cron(0 2 5 * ? *)', '2024-10-05T01:59:59.999+08:00', '2024-10-05T02:00:00+08:00'],
    ['CUS-104: every full hour', 'cron(0 * * * ? *)', '2024-09-30T23:30:00+08:00', '2024-10-01T00:00:00+08:00'],
    ['every quarter of an hour', 'cron(0/15 * * * ? *)', '2024-09-30T23:30:00+08:00', '2024-09-30T23:45:00+08:00'],
    ['the week starts with Sunday as 1', 'cron(0 9 ? * 2 *)', '2024-09-30T09:00:00+08:00', '2024-10-07T09:00:00+08:00'],
    ['the last day of a month', 'cron(0 9 L * ? *)', '2024-02-01T00:00:00+08:00', '2024-02-29T09:00:00+08:00'],
  ])('%s', (_name, expression, from, expected) => {
    expect(dueAfter(expression, from)).toBe(instant(expected));
  });

  it('CUS-253: follows the zone that is named', () => {
    expect(dueAfter('cron(0 0 1 * ? *)', '2024-09-30T12:00:00Z', 'UTC')).toBe('2024-10-01T00:00:00.000Z');
    expect(dueAfter('cron(0 0 1 * ? *)', '2024-09-30T12:00:00Z')).toBe('2024-09-30T16:00:00.000Z');
  });

  it.each([
    ['rate(5 minutes)', '2024-10-01T00:05:00.000Z'],
    ['rate(1 hour)', '2024-10-01T01:00:00.000Z'],
    ['rate(1 day)', '2024-10-02T00:00:00.000Z'],
  ])('%s falls on round times', (expression, expected) => {
    expect(dueAfter(expression, '2024-10-01T00:00:00Z')).toBe(expected);
  });

  it('gives the same answer until the time has come, and looks again after it or when time went back', () => {
    const noon = 'cron(0 12 * * ? *)';
    const answers = ['2024-10-01T11:00:00', '2024-10-01T11:59:59', '2024-10-01T12:00:00', '2024-09-30T11:00:00'];
    expect(answers.map((time) => dueAfter(noon, `${time}+08:00`)?.slice(0, 10))).toEqual([
      '2024-10-01',
      '2024-10-01',
      '2024-10-02',
      '2024-09-30',
    ]);
  });

  it('a year that is over is never due, anything else is refused', () => {
    expect(dueAfter('cron(0 9 1 1 ? 2023)', '2024-01-01T00:00:00Z')).toBeUndefined();
    expect(() => dueAfter('at(2024-01-01T00:00:00)', '2024-01-01T00:00:00Z')).toThrow('no expression');
    expect(() => dueAfter('rate(1 month)', '2024-01-01T00:00:00Z')).toThrow('no rate');
  });
});

describe('lastDue', () => {
  const dueUntil = (expression: string, time: string) => lastDue(expression, 'Asia/Singapore', instant(time));

  it.each([
    [
      'FIN-06: the due time itself counts',
      'cron(0 2 5 * ? *)',
      '2024-10-05T02:00:00+08:00',
      '2024-10-05T02:00:00+08:00',
    ],
    [
      'FIN-06: a moment before it does not',
      'cron(0 2 5 * ? *)',
      '2024-10-05T01:59:59.999+08:00',
      '2024-09-05T02:00:00+08:00',
    ],
    [
      'CUS-104: in the middle of an hour',
      'cron(0 * * * ? *)',
      '2024-10-01T00:30:00.500+08:00',
      '2024-10-01T00:00:00+08:00',
    ],
    ['the last day of a month', 'cron(0 9 L * ? *)', '2024-03-05T00:00:00+08:00', '2024-02-29T09:00:00+08:00'],
    ['rates fall on round times', 'rate(5 minutes)', '2024-10-01T00:04:59+08:00', '2024-10-01T00:00:00+08:00'],
    ['and on the time itself', 'rate(1 hour)', '2024-10-01T01:00:00+08:00', '2024-10-01T01:00:00+08:00'],
  ])('%s', (_name, expression, until, expected) => {
    expect(dueUntil(expression, until)).toBe(instant(expected));
  });

  it('is never for a year that has not come', () => {
    expect(dueUntil('cron(0 9 1 1 ? 2025)', '2024-12-31T00:00:00+08:00')).toBeUndefined();
  });
});
