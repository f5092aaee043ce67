import {
  type BillingMonth,
  type BusinessDay,
  businessDayOf,
  dayPlus,
  type Instant,
  monthStart,
  nextMonth,
} from '#lib/shared/time.ts';

/** A day of a cycle's summary: `01` to `31`; `00` stands for the days before the cycle, of which it has the late records. */
export type SummaryDay = string;

export const businessDay = (cycle: BillingMonth, day: SummaryDay): BusinessDay =>
  dayPlus(firstOf(cycle), Number(day) - 1);

/** ORD-128: a day is shown from 00:00 two days later; decided by comparing, no job makes it so. */
export const isPublished = (day: BusinessDay, now: Instant): boolean => day <= newestPublished(now);

/** The last day of a cycle that is shown; `undefined` before the first one is. */
export function publishedThrough(cycle: BillingMonth, now: Instant): BusinessDay | undefined {
  const newest = newestPublished(now);
  const last = dayPlus(firstOf(nextMonth(cycle)), -1);
  if (newest > last) return last;
  return newest < firstOf(cycle) ? undefined : newest;
}

const newestPublished = (now: Instant): BusinessDay => dayPlus(businessDayOf(now), -2);
const firstOf = (cycle: BillingMonth): BusinessDay => businessDayOf(monthStart(cycle));
