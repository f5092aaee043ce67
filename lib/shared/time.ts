import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as TemporalInstant from 'temporal-polyfill/fns/Instant';
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import * as PlainYearMonth from 'temporal-polyfill/fns/PlainYearMonth';
import * as z from 'zod';

/** A UTC instant in one fixed form, `2024-09-05T02:00:00.000Z`, so that texts compare as times do. */
export type Instant = string & { readonly __unit: 'instant' };
/** A calendar month in GMT+08:00, `2024-08` (CUS-253, FIN-08). */
export type BillingMonth = string & { readonly __unit: 'billing-month' };
/** A calendar day in GMT+08:00, `2024-08-31`. */
export type BusinessDay = string & { readonly __unit: 'business-day' };

/** The billing calendar has no daylight saving: a fixed offset (CUS-253). */
const BILLING_ZONE = '+08:00';
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?(Z|[+-]\d{2}:\d{2})$/;

/** Parses an RFC 3339 time with an offset and at most milliseconds; anything else is a defect of the caller. */
export function instant(text: string): Instant {
  return fromRecord(TemporalInstant.fromString(text));
}

export function tryInstant(text: string): Instant | undefined {
  if (!RFC3339.test(text)) return undefined;
  try {
    return instant(text);
  } catch {
    return undefined; // a well-formed text that names no time, such as 30 February
  }
}

export const instantOfEpochMs = (milliseconds: number): Instant =>
  fromRecord(TemporalInstant.fromEpochMilliseconds(milliseconds));

export const epochSeconds = (time: Instant): number => Math.floor(epochMs(time) / 1000);
export const epochMs = (time: Instant): number => TemporalInstant.fromString(time).epochMilliseconds;

export function plus(
  time: Instant,
  duration: { days?: number; hours?: number; minutes?: number; seconds?: number },
): Instant {
  const { days = 0, hours = 0, minutes = 0, seconds = 0 } = duration;
  return instantOfEpochMs(epochMs(time) + (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000);
}

/** The month in which an instant lies; the first instant of a month belongs to it (FIN-08). */
export const billingMonthOf = (time: Instant): BillingMonth => businessDayOf(time).slice(0, 7) as BillingMonth;

/** The month of a consumption interval: the one in which it ends, an end at 00:00:00 on the 1st being the month just over (FIN-10, CUS-091). */
export const billingMonthOfIntervalEnd = (end: Instant): BillingMonth =>
  billingMonthOf(instantOfEpochMs(epochMs(end) - 1));

const days = new Map<Instant, BusinessDay>();
const HOURS_KEPT = 10_000;

/** Jobs ask for the day of every record; they lie in few hours, and no day begins within one. */
export function businessDayOf(time: Instant): BusinessDay {
  const hour = fullHour(time);
  const known = days.get(hour);
  if (known !== undefined) return known;
  const zoned = TemporalInstant.toString(TemporalInstant.fromString(hour), { timeZone: BILLING_ZONE });
  const day = zoned.slice(0, 10) as BusinessDay;
  if (days.size === HOURS_KEPT) days.clear();
  days.set(hour, day);
  return day;
}

/** 00:00:00 GMT+08:00 on the 1st. */
export const monthStart = (month: BillingMonth): Instant => atBusinessTime(`${month}-01` as BusinessDay, '00:00:00');

export const nextMonth = (month: BillingMonth): BillingMonth => monthPlus(month, 1);
export const previousMonth = (month: BillingMonth): BillingMonth => monthPlus(month, -1);

export function monthPlus(month: BillingMonth, months: number): BillingMonth {
  return PlainYearMonth.toString(
    PlainYearMonth.addMonths(PlainYearMonth.fromString(month, getISO), months),
  ) as BillingMonth;
}

/** All months from `first` to `last`, both included; empty when `last` lies before `first`. */
export function monthsBetween(first: BillingMonth, last: BillingMonth): BillingMonth[] {
  const months: BillingMonth[] = [];
  for (let month = first; month <= last; month = nextMonth(month)) months.push(month);
  return months;
}

export const dayPlus = (day: BusinessDay, days: number): BusinessDay =>
  PlainDate.toString(PlainDate.addDays(PlainDate.fromString(day, getISO), days)) as BusinessDay;

/** 1 = Monday to 7 = Sunday. */
export const weekdayOf = (day: BusinessDay): number => PlainDate.dayOfWeek(PlainDate.fromString(day, getISO));

/** `time` as `HH:mm:ss` on that day in GMT+08:00. */
export function atBusinessTime(day: BusinessDay, time: string): Instant {
  return instant(`${day}T${time}${BILLING_ZONE}`);
}

/** The same clock time in GMT+08:00 so many calendar months later, on the last day of a month that is too short (ORD-23). */
export function plusMonths(time: Instant, months: number): Instant {
  const day = businessDayOf(time);
  const later = PlainDate.toString(PlainDate.addMonths(PlainDate.fromString(day, getISO), months)) as BusinessDay;
  const sinceMidnight = epochMs(time) - epochMs(atBusinessTime(day, '00:00:00'));
  return instantOfEpochMs(epochMs(atBusinessTime(later, '00:00:00')) + sinceMidnight);
}

/** The full hour at or before `time` (CUS-104); GMT+08:00 and UTC share full hours. */
export const fullHour = (time: Instant): Instant => `${time.slice(0, 13)}:00:00.000Z` as Instant;

export const nextFullHour = (time: Instant): Instant => plus(fullHour(time), { hours: 1 });

export const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }) !== undefined;
  } catch {
    return false;
  }
};

export const isBillingMonth = (text: string): text is BillingMonth => /^\d{4}-(0[1-9]|1[0-2])$/.test(text);

/** The edge form of a time: RFC 3339 with an offset, at most milliseconds. */
export const instantText = z
  .string()
  .refine((text) => tryInstant(text) !== undefined, 'must be an RFC 3339 time with an offset and at most milliseconds')
  .meta({ format: 'date-time', examples: ['2024-09-18T23:00:00Z'] });

export const billingMonthText = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2024-08')
  .meta({ description: 'Month in GMT+08:00', examples: ['2024-08'] });

function fromRecord(time: TemporalInstant.Record): Instant {
  return TemporalInstant.toString(time, { fractionalSecondDigits: 3 }) as Instant;
}
