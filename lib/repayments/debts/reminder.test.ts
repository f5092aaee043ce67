import { expect, it } from 'vitest';
import { type BusinessDay, instant } from '#lib/shared/time.ts';
import { daysPastDue, reminderStage } from './reminder.ts';

const day = (text: string) => text as BusinessDay;

it.each([
  ['2024-08-16', 0],
  ['2024-08-17', 1], // three days before
  ['2024-08-20', 1],
  ['2024-08-21', 2], // one day after: overdue
  ['2024-08-27', 2],
  ['2024-08-28', 3], // seven days later
  ['2024-09-03', 3],
  ['2024-09-04', 4],
  ['2025-08-20', 54],
])('FIN-163: due on 20 August, on %s %d reminders are due', (today, stage) => {
  expect(reminderStage(instant('2024-08-20T23:59:59+08:00'), day(today))).toBe(stage);
});

it.each([
  ['2024-03-02', 2],
  ['2024-02-28', -1],
])('FIN-163: days are counted on the calendar of GMT+8, over a leap February too: %s', (today, days) => {
  expect(daysPastDue(instant('2024-02-29T23:59:59+08:00'), day(today))).toBe(days);
});
