import { atBusinessTime, type BusinessDay, businessDayOf, epochMs, type Instant } from '#lib/shared/time.ts';

const DAYS_BEFORE = 3;
const DAYS_BETWEEN = 7;
/** From this stage on a bill is overdue. */
export const OVERDUE_STAGE = 2;

/** Days from the day on which a bill is due; below 0 before it. */
export function daysPastDue(dueAt: Instant, today: BusinessDay): number {
  const span = startOf(today) - startOf(businessDayOf(dueAt));
  return Math.round(span / 86_400_000);
}

const startOf = (day: BusinessDay): number => epochMs(atBusinessTime(day, '00:00:00'));

/** How many reminders of an unpaid bill are due by a day: three days before it is due, one day after, then every seven days. */
export function reminderStage(dueAt: Instant, today: BusinessDay): number {
  const days = daysPastDue(dueAt, today);
  if (days < -DAYS_BEFORE) return 0;
  return days <= 0 ? 1 : OVERDUE_STAGE + Math.floor((days - 1) / DAYS_BETWEEN);
}
