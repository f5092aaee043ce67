import { type Money, ZERO } from '#lib/shared/money.ts';

export const THRESHOLDS = [75, 90, 100] as const;
export type Threshold = (typeof THRESHOLDS)[number];

/** CUS-103, CUS-106: compared on exact amounts and reached at exactly its percentage; an unset budget reaches none. */
export const reachedThresholds = (usage: Money, amount: Money): Threshold[] =>
  amount === ZERO ? [] : THRESHOLDS.filter((threshold) => usage * 100n >= BigInt(threshold) * amount);

export const isExhausted = (usage: Money, amount: Money): boolean => reachedThresholds(usage, amount).includes(100);

export const STANDINGS = ['unset', 'within', 'warning-75', 'warning-90', 'exhausted'] as const;
export type Standing = (typeof STANDINGS)[number];

/** CUS-033 to CUS-036: derived whenever it is asked for, never stored. */
export function standingOf(usage: Money, amount: Money): Standing {
  if (amount === ZERO) return 'unset';
  const highest = reachedThresholds(usage, amount).at(-1);
  if (highest === undefined) return 'within';
  return highest === 100 ? 'exhausted' : `warning-${highest}`;
}
