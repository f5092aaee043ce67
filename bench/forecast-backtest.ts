import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { forecastUsage, WINDOW_DAYS } from '#lib/budgets/forecast/forecast.ts';
import { add, type Money, parseMoney, sum, ZERO } from '#lib/shared/money.ts';
import type { BusinessDay } from '#lib/shared/time.ts';
import { median, print, rounded } from './figures.ts';

/**
 * How well the forecast would have done on the month of real usage in infra/local/data: at the start of each day from the 5th to the 25th,
 * for every account with usage on at least 10 days and for all accounts together. `node bench/forecast-backtest.ts`; docs/forecast.md says
 * what it showed.
 */
const FILE = new URL('../infra/local/data/focus-1.0-sample.csv', import.meta.url);
const DAYS = 30;
const ORIGINS = Array.from({ length: 21 }, (_, i) => i + 5);

const rows: Record<string, string>[] = parse(readFileSync(FILE), { columns: true });
const series = new Map<string, Money[]>();
for (const row of rows) {
  if (row.ChargeCategory !== 'Usage') continue;
  for (const name of [row.SubAccountId ?? '', 'all']) {
    const days = series.get(name) ?? Array.from({ length: DAYS }, () => ZERO);
    const day = Number(row.ChargePeriodStart?.slice(8, 10)) - 1;
    days[day] = add(days[day] ?? ZERO, parseMoney(row.ListCost === 'NULL' ? '0' : (row.ListCost ?? '0')));
    series.set(name, days);
  }
}

/** The forecast as it is, and what it could have been. */
const METHODS = {
  'mean of the last 7 days': (days: readonly Money[], from: number) =>
    forecastOn(days.slice(Math.max(0, from - 1 - WINDOW_DAYS), from - 1), days, from),
  'mean of all days': (days: readonly Money[], from: number) => forecastOn(days.slice(0, from - 1), days, from),
  'middle of all days': (days: readonly Money[], from: number) => {
    const middle = days.slice(0, from - 1).toSorted((a, b) => (a < b ? -1 : 1))[Math.floor((from - 1) / 2)] ?? ZERO;
    const expected = (sum(days.slice(0, from - 1)) + middle * BigInt(DAYS - from + 1)) as Money;
    return { expected, low: expected, high: expected };
  },
};

const dayOf = (day: number): BusinessDay => `2024-09-${String(day).padStart(2, '0')}` as BusinessDay;

function forecastOn(window: readonly Money[], days: readonly Money[], from: number) {
  const usage = sum(days.slice(0, from - 1));
  return forecastUsage({ today: dayOf(from), lastDay: dayOf(DAYS), usage, window, meteredToday: ZERO });
}

interface Tried {
  readonly from: number;
  readonly error: number;
  readonly inBand: boolean;
}

function tryOn(days: readonly Money[], method: keyof typeof METHODS): Tried[] {
  const actual = sum(days);
  return ORIGINS.flatMap((from) => {
    const forecast = METHODS[method](days, from);
    if (!forecast) return [];
    const { expected, low, high } = forecast;
    const error = Math.abs(Number(expected - actual)) / Number(actual);
    return [{ from, error, inBand: low <= actual && actual <= high }];
  });
}

const accounts = [...series].filter(([name, days]) => name !== 'all' && days.filter((day) => day > ZERO).length >= 10);
const percent = (part: number): number => rounded(part * 100, 1);
for (const method of ['mean of the last 7 days', 'mean of all days', 'middle of all days'] as const) {
  for (const [of, list] of [
    ['all accounts together', [series.get('all') ?? []]],
    [`${accounts.length} accounts`, accounts.map(([, days]) => days)],
  ] as const) {
    for (const [part, first, last] of [
      ['5th to 14th', 5, 14],
      ['15th to 25th', 15, 25],
    ] as const) {
      const tried = list.flatMap((days) => tryOn(days, method)).filter(({ from }) => from >= first && from <= last);
      print({
        figure: `forecast, ${method}, ${of}, made on the ${part}: median error`,
        value: percent(median(tried.map(({ error }) => error))),
        unit: '% of the month',
        detail: {
          insideBand: `${percent(tried.filter(({ inBand }) => inBand).length / tried.length)} %`,
          forecasts: tried.length,
        },
      });
    }
  }
}
