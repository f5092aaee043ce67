import * as z from 'zod';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type Holidays, loadHolidays, putHolidays } from './holiday-store.ts';

export const holidaysView = z.object({ year: z.number().int(), days: z.array(z.string()), version: z.number().int() });

/** Replaces the days off of a year (DEV-196). What was counted before stays as it was counted. @throws Refusal INPUT_INVALID, VERSION_CONFLICT */
export async function setHolidays(
  year: number,
  wish: { readonly days: readonly string[]; readonly expectedVersion: number },
): Promise<Holidays> {
  refuseOtherYears(year, wish.days);
  const before = await loadHolidays(year);
  if (before.version !== wish.expectedVersion) throw new Refusal(sharedErrors.VERSION_CONFLICT);
  const days = [...new Set(wish.days)].sort();
  await transact({
    writes: [putHolidays(before, days)],
    trace: { before: { days: before.days }, after: { year, days } },
  });
  return { year, days, version: before.version + 1 };
}

function refuseOtherYears(year: number, days: readonly string[]): void {
  const fields = days.flatMap((day, i) =>
    day.startsWith(`${year}-`) ? [] : [{ pointer: `/days/${i}`, detail: `must lie in ${year}` }],
  );
  if (fields.length > 0) throw new Refusal(sharedErrors.INPUT_INVALID, {}, fields);
}
