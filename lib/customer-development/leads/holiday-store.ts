import { getItem, getItems } from '#lib/shared/dynamodb.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { businessDayOf, type Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';

/** The days off of one year, kept by operators (DEV-196). */
export interface Holidays {
  readonly year: number;
  readonly days: readonly string[];
  readonly version: number;
}

const TABLE = 'customer-development';
const key = (year: number) => ({ pk: 'HOLIDAYS', sk: `YEAR#${year}` });

export async function loadHolidays(year: number): Promise<Holidays> {
  const item = await getItem(TABLE, key(year));
  return { year, days: (item?.days ?? []) as string[], version: Number(item?.version ?? 0) };
}

/** Days off from the year of `now` to the end of the next: as far as a count of working days reaches. */
export async function holidaysFrom(now: Instant): Promise<ReadonlySet<string>> {
  const year = Number(businessDayOf(now).slice(0, 4));
  const items = await getItems(TABLE, [key(year), key(year + 1)]);
  return new Set(items.flatMap((item) => item.days as string[]));
}

export const putHolidays = (before: Holidays, days: readonly string[]): Write => ({
  table: TABLE,
  put: { ...key(before.year), year: before.year, days, version: before.version + 1 },
  condition: before.version === 0 ? 'attribute_not_exists(pk)' : 'version = :seen',
  values: before.version === 0 ? undefined : { ':seen': before.version },
  onConflict: sharedErrors.VERSION_CONFLICT,
});
