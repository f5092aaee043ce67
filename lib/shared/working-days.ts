import { atBusinessTime, type BusinessDay, businessDayOf, dayPlus, type Instant, plus, weekdayOf } from './time.ts';

const SATURDAY = 6;

/** Monday to Friday in GMT+08:00, less the holidays that operators keep (DEV-196). */
const isWorkingDay = (day: BusinessDay, holidays: ReadonlySet<string>): boolean =>
  weekdayOf(day) < SATURDAY && !holidays.has(day);

/**
 * The same clock time so many working days later; what begins on a day off counts from 00:00 of the next working day (DEV-47, DEV-168).
 * GMT+08:00 knows no daylight saving, so a day is 24 hours.
 */
export function workingDaysAfter(from: Instant, days: number, holidays: ReadonlySet<string>): Instant {
  const begins = businessDayOf(from);
  const first = isWorkingDay(begins, holidays) ? begins : nextWorkingDay(begins, holidays);
  let last = first;
  for (let left = days; left > 0; left -= 1) last = nextWorkingDay(last, holidays);
  const start = first === begins ? from : atBusinessTime(first, '00:00:00');
  return plus(start, { days: daysBetween(first, last) });
}

function nextWorkingDay(day: BusinessDay, holidays: ReadonlySet<string>): BusinessDay {
  let next = dayPlus(day, 1);
  while (!isWorkingDay(next, holidays)) next = dayPlus(next, 1);
  return next;
}

function daysBetween(first: BusinessDay, last: BusinessDay): number {
  let days = 0;
  for (let day = first; day < last; day = dayPlus(day, 1)) days += 1;
  return days;
}
