import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { type Money, parseMoney, sum } from '#lib/shared/money.ts';
import { type BusinessDay, businessDayOf, epochMs, instant, instantOfEpochMs } from '#lib/shared/time.ts';

type Row = Record<string, string>;

/** One month of real usage, read for the demo's own sums; the product reads it through the import. */
export interface UsageFile {
  readonly accounts: readonly { readonly accountId: string; readonly name: string }[];
  /** Files of one business day each, oldest first: the lines whose consumption ends on that day in GMT+08:00. */
  readonly days: readonly { readonly day: BusinessDay; readonly lines: number; readonly csv: string }[];
  readonly lines: number;
  readonly listCost: Money;
  readonly listCostOf: ReadonlyMap<string, Money>;
}

export function readUsageFile(): UsageFile {
  const text = readFileSync(new URL('../data/focus-1.0-sample.csv', import.meta.url), 'utf8');
  const rows = parse(text, { columns: true, bom: true }) as Row[];
  const header = Object.keys(rows[0] ?? {});
  const byAccount = Map.groupBy(rows, (row) => row.SubAccountId ?? '');
  const byDay = Map.groupBy(rows, (row) => dayOf(row.ChargePeriodEnd ?? ''));
  return {
    accounts: [...byAccount].map(([accountId, [first]]) => ({ accountId, name: first?.SubAccountName ?? accountId })),
    days: [...byDay]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([day, dayRows]) => ({
        day,
        lines: dayRows.length,
        csv: stringify(dayRows, { header: true, columns: header }),
      })),
    lines: rows.length,
    listCost: listCostOf(rows),
    listCostOf: new Map([...byAccount].map(([accountId, accountRows]) => [accountId, listCostOf(accountRows)])),
  };
}

/** Midnight ends a day and does not begin one, as for months (FIN-10). */
const dayOf = (end: string): BusinessDay =>
  businessDayOf(instantOfEpochMs(epochMs(instant(`${end.replace(' ', 'T')}Z`)) - 1));

const listCostOf = (rows: readonly Row[]): Money => sum(rows.map((row) => parseMoney(row.ListCost ?? '')));
