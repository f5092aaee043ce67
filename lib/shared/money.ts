import * as z from 'zod';

/** An exact amount in units of 10⁻¹² of the currency; never a binary float (CUS-254). Also carries prices and quantities. */
export type Money = bigint & { readonly __unit: 'money' };

const DECIMALS = 12;
const ONE = 10n ** 12n;
const FORM = /^(-?)(\d{1,18})(?:\.(\d{1,12}))?$/;

export const ZERO = 0n as Money;

/** Parses a decimal string of at most 18 integer digits and 12 decimals; `undefined` when the text is not one (note 21 of the spec). */
export function tryParseMoney(text: string): Money | undefined {
  const match = FORM.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '', fraction = ''] = match;
  const units = BigInt(whole + fraction.padEnd(DECIMALS, '0'));
  return (sign === '-' ? -units : units) as Money;
}

/** As `tryParseMoney`, for texts that are known to be amounts; anything else is a defect. */
export function parseMoney(text: string): Money {
  const money = tryParseMoney(text);
  if (money === undefined) throw new RangeError(`not a decimal amount: ${text}`);
  return money;
}

/** The exact decimal string, with at least `decimals` places (`100.00`, `0.00001605990` → `0.0000160599`). */
export function exactText(amount: Money, decimals = 2): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(DECIMALS + 1, '0');
  const whole = digits.slice(0, -DECIMALS);
  let fraction = digits.slice(-DECIMALS);
  let length = DECIMALS;
  while (length > decimals && fraction[length - 1] === '0') length -= 1;
  fraction = fraction.slice(0, length);
  return `${amount < 0n ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

/** The decimal string with exactly `decimals` places, HALF_UP; for showing, never for calculating on (FIN-40, FIN-42). */
export function fixedText(amount: Money, decimals: number): string {
  const rounded = roundHalfUp(amount, decimals);
  return exactText(rounded, decimals);
}

/** Rounds half away from zero to `decimals` places (FIN-40, FIN-41). */
export function roundHalfUp(amount: Money, decimals: number): Money {
  const step = 10n ** BigInt(DECIMALS - decimals);
  return (divideHalfUp(amount, step) * step) as Money;
}

/** Drops what stands beyond `decimals` places, towards zero (FIN-28, FIN-59). */
export function cut(amount: Money, decimals: number): Money {
  const step = 10n ** BigInt(DECIMALS - decimals);
  return ((amount / step) * step) as Money;
}

/** The product of amounts and an exact fraction, rounded HALF_UP once, at the end (FIN-23, FIN-24, FIN-27). */
export function roundedProduct(
  factors: readonly [Money, ...Money[]],
  decimals: number,
  fraction: Fraction = { numerator: 1n, denominator: 1n },
): Money {
  const numerator = factors.reduce<bigint>((product, factor) => product * factor, fraction.numerator);
  const scale = ONE ** BigInt(factors.length - 1);
  const step = 10n ** BigInt(DECIMALS - decimals);
  return (divideHalfUp(numerator, scale * fraction.denominator * step) * step) as Money;
}

/** As `roundedProduct`, but what stands beyond `decimals` places is dropped, towards zero (FIN-43). */
export function cutProduct(
  factors: readonly [Money, ...Money[]],
  decimals: number,
  fraction: Fraction = { numerator: 1n, denominator: 1n },
): Money {
  const numerator = factors.reduce<bigint>((product, factor) => product * factor, fraction.numerator);
  const step = 10n ** BigInt(DECIMALS - decimals);
  return ((numerator / (ONE ** BigInt(factors.length - 1) * fraction.denominator * step)) * step) as Money;
}

/** A ratio kept exact until the one rounding that a rule names. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

export const sum = (amounts: Iterable<Money>): Money => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total as Money;
};

export const add = (a: Money, b: Money): Money => (a + b) as Money;
export const subtract = (a: Money, b: Money): Money => (a - b) as Money;
export const smallest = (first: Money, ...others: readonly Money[]): Money =>
  others.reduce((least, other) => {
    if (other < least) return other;
    return least;
  }, first);
export const negate = (a: Money): Money => -a as Money;

/** Percentage of `part` in `whole`, for showing: 2 decimals, the rest dropped, towards zero; `null` when `whole` is 0 (CUS-103, CUS-248). */
export function percentText(part: Money, whole: Money): string | null {
  if (whole === 0n) return null;
  const hundredths = (part * 10_000n) / whole;
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0');
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** What DynamoDB keeps: an integer number of 10⁻¹², so that ADD is exact. */
export const storeMoney = (amount: Money): bigint => amount;

/** Reads what `storeMoney` wrote; a missing attribute is 0, as for a counter that nobody has moved yet. */
export function loadMoney(stored: unknown): Money {
  if (stored === undefined) return ZERO;
  if (typeof stored === 'bigint' || typeof stored === 'number') return BigInt(stored) as Money;
  throw new TypeError(`not a stored amount: ${typeof stored}`);
}

/** A decimal string at the edge. The schema checks the form, the domain the range, so that a refusal carries the rule's own code. */
export const moneyText = z
  .string()
  .regex(/^-?\d{1,18}(\.\d{1,12})?$/, 'must be a decimal string with at most 12 decimals')
  .meta({ description: 'Decimal string', examples: ['100.00'] });

function divideHalfUp(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const quotient = (magnitude * 2n + denominator) / (denominator * 2n);
  return numerator < 0n ? -quotient : quotient;
}
