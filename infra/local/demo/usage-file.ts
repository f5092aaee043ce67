import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { type Money, parseMoney, sum } from '#lib/shared/money.ts';
import {
  atBusinessTime,
  businessDayOf,
  dayPlus,
  epochMs,
  type Instant,
  instant,
  instantOfEpochMs,
} from '#lib/shared/time.ts';

type Row = Record<string, string>;

/** One month of real usage, read for the demo's own sums; the product reads it through the import. */
export interface UsageFile {
  readonly accounts: readonly { readonly accountId: string; readonly name: string }[];
  /** The file cut into half days, oldest first: the lines whose consumption ended by `completeThrough`. */
  readonly deliveries: readonly { readonly completeThrough: Instant; readonly lines: number; readonly csv: string }[];
  readonly lines: number;
  readonly listCost: Money;
  readonly listCostOf: ReadonlyMap<string, Money>;
}

export function readUsageFile(): UsageFile {
  const text = readFileSync(new URL('../data/focus-1.0-sample.csv', import.meta.url), 'utf8');
  const rows = parse(text, { columns: true, bom: true }) as Row[];
  const header = Object.keys(rows[0] ?? {});
  const byAccount = Map.groupBy(rows, (row) => row.SubAccountId ?? '');
  const byHalfDay = Map.groupBy(rows, (row) => endOfHalfDay(row.ChargePeriodEnd ?? ''));
  return {
    accounts: [...byAccount].map(([accountId, [first]]) => ({ accountId, name: first?.SubAccountName ?? accountId })),
    deliveries: [...byHalfDay]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([completeThrough, part]) => ({
        completeThrough,
        lines: part.length,
        csv: stringify(part, { header: true, columns: header }),
      })),
    lines: rows.length,
    listCost: listCostOf(rows),
    listCostOf: new Map([...byAccount].map(([accountId, accountRows]) => [accountId, listCostOf(accountRows)])),
  };
}

/** Noon or midnight in GMT+08:00, whichever comes next; a charge that ends just then is complete then. */
function endOfHalfDay(chargePeriodEnd: string): Instant {
  const end = instant(`${chargePeriodEnd.replace(' ', 'T')}Z`);
  const day = businessDayOf(instantOfEpochMs(epochMs(end) - 1));
  const noon = atBusinessTime(day, '12:00:00');
  return end <= noon ? noon : atBusinessTime(dayPlus(day, 1), '00:00:00');
}

const listCostOf = (rows: readonly Row[]): Money => sum(rows.map((row) => parseMoney(row.ListCost ?? '')));
