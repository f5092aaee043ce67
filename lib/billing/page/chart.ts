import { type Money, parseMoney } from '#lib/shared/money.ts';
import type { BillingMonth } from '#lib/shared/time.ts';

export interface MonthAmount {
  readonly cycle: BillingMonth;
  /** The exact amount of the month's bill; none without a bill. */
  readonly amount?: Money;
}

export interface Bar {
  readonly cycle: BillingMonth;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly negative: boolean;
  readonly missing: boolean;
}

export interface Chart {
  readonly bars: readonly Bar[];
  /** Where 0 lies. */
  readonly zero: number;
  /** From the lowest to the highest. */
  readonly ticks: readonly { readonly y: number; readonly amount: Money }[];
}

const BAR_SHARE = 0.62;
const MOST_STEPS = 5n;

/** Bars of months in a picture of a size, y downwards; the same for page and document. */
export function chartOf(
  months: readonly MonthAmount[],
  { width, height }: { readonly width: number; readonly height: number },
): Chart {
  const inOrder = [0n, ...months.map(({ amount }) => amount ?? 0n)].toSorted((a, b) => (a < b ? -1 : Number(a > b)));
  const [lowest = 0n, highest = 0n] = [inOrder[0], inOrder.at(-1)];
  const step = stepOf(highest - lowest);
  const top = roundedUp(highest, step) || (lowest === 0n ? step : 0n);
  const bottom = -roundedUp(-lowest, step);
  // Only places in a picture are floats; shares are worked out in whole numbers before.
  const placeOf = (amount: bigint): number => (Number(((top - amount) * 1_000_000n) / (top - bottom)) / 1e6) * height;
  const zero = placeOf(0n);
  const place = width / months.length;
  const bars = months.map(({ cycle, amount }, i) => {
    const end = placeOf(amount ?? 0n);
    const box = { x: (i + (1 - BAR_SHARE) / 2) * place, width: place * BAR_SHARE };
    const bar = { y: Math.min(end, zero), height: Math.abs(end - zero) };
    return { cycle, ...box, ...bar, negative: (amount ?? 0n) < 0n, missing: amount === undefined };
  });
  const ticks = Array.from({ length: Number((top - bottom) / step) + 1 }, (_, i) => {
    const amount = bottom + BigInt(i) * step;
    return { y: placeOf(amount), amount: amount as Money };
  });
  return { bars, zero, ticks };
}

/** 1, 2 or 5 times a power of ten, such that few lines cover the span. */
function stepOf(span: bigint): bigint {
  if (span === 0n) return parseMoney('1');
  for (let power = 1n; ; power *= 10n) {
    const step = [power, 2n * power, 5n * power].find((each) => each * MOST_STEPS >= span);
    if (step !== undefined) return step;
  }
}

const roundedUp = (amount: bigint, step: bigint): bigint => ((amount + step - 1n) / step) * step;
