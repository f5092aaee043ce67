import { add, type Money, subtract, sum, ZERO } from '#lib/shared/money.ts';
import { type BusinessDay, dayPlus } from '#lib/shared/time.ts';

/** Days before today whose metered usage is taken for what is to come: every weekday once, also across the turn of the month. */
export const WINDOW_DAYS = 7;
/** With fewer there is nothing to expect from. */
const FEWEST_DAYS = 3;
/**
 * Half the width of the band in standard errors, squared, in 1/10,000: 80 percent of Student's t for a window of 3 to 7 days (1.886², 1.638²,
 * 1.533², 1.476², 1.440²). A few days say little of how much days differ, which a normal distribution would not know.
 */
const BAND_SQUARED = [35_570n, 26_830n, 23_501n, 21_786n] as const;
const BAND_SQUARED_OF_7 = 20_736n;

export interface ForecastFacts {
  readonly today: BusinessDay;
  /** The last day of the month. */
  readonly lastDay: BusinessDay;
  /** Everything that counts in the month so far, purchases included. */
  readonly usage: Money;
  /** Metered usage of full days, oldest first, up to yesterday; days without any are 0. */
  readonly window: readonly Money[];
  /** What was metered today so far. */
  readonly meteredToday: Money;
}

export interface Forecast {
  readonly expected: Money;
  /** Four in five, if days go on differing as they did; docs/forecast.md says how often it held. */
  readonly low: Money;
  readonly high: Money;
}

/**
 * Usage at the end of the month: what is counted, and for every day that is left the mean metered usage of the window. A purchase counts
 * in full and is not expected again.
 */
export function forecastUsage(facts: ForecastFacts): Forecast | undefined {
  const { window, usage } = facts;
  if (window.length < FEWEST_DAYS) return undefined;
  const left = daysLeft(facts);
  const expected = expectedAfter(facts, left - 1);
  const half = halfBand(window, left);
  const spread = subtract(expected, usage);
  const low = half < spread ? subtract(expected, half) : usage;
  return { expected, low, high: add(expected, half) };
}

/** The day on which usage is expected to reach an amount; `undefined` where not in this month. @param facts of a month that has not reached it */
export function exhaustionDay(facts: ForecastFacts, amount: Money): BusinessDay | undefined {
  if (facts.window.length < FEWEST_DAYS) return undefined;
  for (let days = 0; days < daysLeft(facts); days += 1) {
    if (expectedAfter(facts, days) >= amount) return dayPlus(facts.today, days);
  }
  return undefined;
}

/** Expected usage at the end of the day so many days after today. Today is at least as the mean, or what it is already. */
function expectedAfter({ usage, meteredToday, window }: ForecastFacts, days: number): Money {
  const total = sum(window);
  const n = BigInt(window.length);
  const mean = (total / n) as Money;
  const restOfToday = mean > meteredToday ? subtract(mean, meteredToday) : ZERO;
  return add(add(usage, restOfToday), ((total * BigInt(days)) / n) as Money);
}

/** Today included. */
const daysLeft = ({ today, lastDay }: ForecastFacts): number => Number(lastDay.slice(-2)) - Number(today.slice(-2)) + 1;

/** t × s × √(R + R²/n): the spread of R more days, and of the mean that is taken for them. */
function halfBand(window: readonly Money[], daysToCome: number): Money {
  const n = BigInt(window.length);
  const left = BigInt(daysToCome);
  const total = sum(window);
  // n² times the sum of squared deviations, so that nothing is divided before the root.
  const squares = window.reduce((all, amount) => all + (n * amount - total) ** 2n, 0n);
  const widthSquared = BAND_SQUARED[window.length - FEWEST_DAYS] ?? BAND_SQUARED_OF_7;
  return rootOf((squares * left * (n + left) * widthSquared) / (n ** 3n * (n - 1n) * 10_000n)) as Money;
}

/** The largest whole number whose square is at most `square`. */
function rootOf(square: bigint): bigint {
  if (square < 2n) return square;
  let guess = 1n << BigInt((square.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (guess + square / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
