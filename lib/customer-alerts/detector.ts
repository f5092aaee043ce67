import { type Money, ZERO } from '#lib/shared/money.ts';
import {
  atBusinessTime,
  type BillingMonth,
  type BusinessDay,
  billingMonthOf,
  businessDayOf,
  dayPlus,
  type Instant,
} from '#lib/shared/time.ts';

export interface DetectorSettings {
  /** Days looked at, the newest ones whose usage is published (ORD-128). */
  readonly days: number;
  /** Days with a fall at which there is an alert. */
  readonly fallenDays: number;
  /** A fall is more than so many percent below the day before. */
  readonly percent: number;
}

export interface Window {
  readonly first: BusinessDay;
  readonly last: BusinessDay;
}

/** The last days of which all usage should be there: a day is published from 00:00 two days later (ORD-128). */
export function windowAt(now: Instant, { days }: Pick<DetectorSettings, 'days'>): Window {
  const last = dayPlus(businessDayOf(now), -2);
  return { first: dayPlus(last, 1 - days), last };
}

/** The day before the window, with which its first day is compared. */
export const dayBefore = ({ first }: Window): BusinessDay => dayPlus(first, -1);

/** The months in which these days lie, earliest first. */
export function monthsOf(window: Window): BillingMonth[] {
  const monthOf = (day: BusinessDay): BillingMonth => billingMonthOf(atBusinessTime(day, '00:00:00'));
  return [...new Set([monthOf(dayBefore(window)), monthOf(window.last)])];
}

/** Days of the window on which usage fell by more than the percentage against the day before; from nothing nothing falls (CUS-209). */
export function fallenDays(
  usageOf: (day: BusinessDay) => Money,
  { first, last }: Window,
  { percent }: Pick<DetectorSettings, 'percent'>,
): BusinessDay[] {
  const fallen: BusinessDay[] = [];
  for (let day = first; day <= last; day = dayPlus(day, 1)) {
    const before = usageOf(dayPlus(day, -1));
    if (before > ZERO && (before - usageOf(day)) * 100n > before * BigInt(percent)) fallen.push(day);
  }
  return fallen;
}
