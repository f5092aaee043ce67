import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import { cutProduct, type Fraction, type Money, parseMoney, sum } from '#lib/shared/money.ts';
import { type BillingMonth, businessDayOf } from '#lib/shared/time.ts';
import { lastInstantOf } from './cycle.ts';

const POINTS_A_DAY = 288n;
const ONE = parseMoney('1');

/** The day of the month's last day. */
const daysIn = (month: BillingMonth): bigint => BigInt(businessDayOf(lastInstantOf(month)).slice(8));

/** FIN-27: (measuring points ÷ 288) ÷ days of the month, exact; `undefined` for charges that are not measured so. */
export function usageDaysRatio(
  charge: Pick<ExpenditureRecord, 'measuringPoints' | 'consumptionMonth'>,
): Fraction | undefined {
  if (charge.measuringPoints === undefined) return undefined;
  return { numerator: BigInt(charge.measuringPoints), denominator: POINTS_A_DAY * daysIn(charge.consumptionMonth) };
}

/** Column 46: the ratio as a percentage with at most 2 decimals. */
export function ratioText({ numerator, denominator }: Fraction): string {
  const hundredths = (numerator * 20_000n + denominator) / (denominator * 2n);
  const decimals = `${hundredths % 100n}`.padStart(2, '0').replace(/0+$/, '');
  return `${hundredths / 100n}${decimals && '.'}${decimals}%`;
}

type Metered = Pick<ExpenditureRecord, 'usage' | 'packageUsage' | 'reservedInstanceUsage' | 'conversionFactor'>;

export interface PricingUnits {
  readonly total?: Money;
  readonly package?: Money;
  readonly reservedInstance?: Money;
}

/** Columns 50, 52 and 53: usage in pricing units, cut to 10 decimals (FIN-28); the total is of all three kinds (FIN-29). */
export function inPricingUnits(charge: Metered): PricingUnits {
  const { usage, packageUsage, reservedInstanceUsage } = charge;
  const given = [usage, packageUsage, reservedInstanceUsage].filter((each) => each !== undefined);
  const perUnit = charge.conversionFactor ?? ONE;
  const convert = (amount: Money | undefined): Money | undefined =>
    amount === undefined ? undefined : cutProduct([amount], 10, { numerator: ONE, denominator: perUnit });
  return {
    total: given.length > 0 ? convert(sum(given)) : undefined,
    package: convert(packageUsage),
    reservedInstance: convert(reservedInstanceUsage),
  };
}
