import { type Instant, plus } from '#lib/shared/time.ts';
import { atZoneHour, inZone } from '#lib/shared/zone.ts';

/** ORG-67: Monday to Friday, from 09:00 to before 18:00 on the wall clock of the partner's zone. */
const OPENS = 9;
const CLOSES = 18;
const FRIDAY = 5;

/** When a message that can wait may leave: now within working hours, else the next opening (ORG-66). */
export function nextOpening(now: Instant, zone: string): Instant {
  const { weekday, hour, date } = inZone(now, zone);
  if (weekday <= FRIDAY && hour >= OPENS && hour < CLOSES) return now;
  if (weekday <= FRIDAY && hour < OPENS) return atZoneHour(date, OPENS, zone);
  return atZoneHour(dateAfter(date, daysToNextWorkday(weekday)), OPENS, zone);
}

/** Weekdays count from 1, Monday: after Friday, Saturday and Sunday comes Monday. */
const daysToNextWorkday = (weekday: number): number => (weekday < FRIDAY ? 1 : 8 - weekday);

/** At noon UTC a day added is the next date, whatever the zone does with its clocks. */
const dateAfter = (date: string, days: number): string =>
  inZone(plus(atZoneHour(date, 12, 'UTC'), { days }), 'UTC').date;
