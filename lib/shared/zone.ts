import { Temporal } from 'temporal-polyfill';
import type { Instant } from './time.ts';

// Apart from time.ts, because the zones of the world are three times as large as the billing calendar and only notices need them.

/** The wall clock of a zone, for notices alone (CUS-253, ORG-66). */
export function inZone(time: Instant, zone: string): { text: string; weekday: number; hour: number; date: string } {
  const local = Temporal.Instant.from(time).toZonedDateTimeISO(zone);
  return {
    text: `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: 'second' })} (GMT${local.offset})`,
    weekday: local.dayOfWeek,
    hour: local.hour,
    date: local.toPlainDate().toString(),
  };
}

/** `date` at `hour`:00 on the wall clock of a zone. */
export function atZoneHour(date: string, hour: number, zone: string): Instant {
  const local = Temporal.PlainDate.from(date).toPlainDateTime({ hour }).toZonedDateTime(zone);
  return local.toInstant().toString({ fractionalSecondDigits: 3 }) as Instant;
}
