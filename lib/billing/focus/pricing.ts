import { exactText, type Money, negate, parseMoney, roundedProduct, ZERO } from '#lib/shared/money.ts';
import type { BillLine } from '../line.ts';
import { inPricingUnits } from '../usage.ts';
import type { FocusRow } from './columns.ts';

const ONE = parseMoney('1');
/** A count-based unit of the format, for what is priced as a whole. */
const WHOLE = 'Units';
const DECIMALS = 8;

/** How many of which unit at which prices come to the costs of a line. */
export interface Pricing {
  /** Below 0 where money goes back: prices never are. */
  readonly quantity: Money;
  readonly unit: string;
  readonly listUnitPrice: Money;
  readonly contractedUnitPrice: Money;
}

/**
 * The format demands that price × quantity be the cost, for list prices and for agreed ones. Where usage and delivered price do that to
 * the eighth decimal, they are it; a line that was priced in another way (tiers, sizes, 95th percentile) is one unit at its cost.
 */
export function pricingOf({ charge, settlement }: Pick<BillLine, 'charge' | 'settlement'>): Pricing {
  const { listPrice, unitPrice, pricingUnit } = charge;
  const usage = inPricingUnits({ usage: charge.usage, conversionFactor: charge.conversionFactor }).total;
  const metered = usage !== undefined && unitPrice !== undefined && pricingUnit !== undefined && usage !== ZERO;
  if (metered) {
    const quantity = signed(magnitude(usage), listPrice);
    const contracted = divided(settlement.amount, quantity);
    const fits = matches(unitPrice, quantity, listPrice) && matches(contracted, quantity, settlement.amount);
    if (fits && contracted >= 0n && unitPrice >= 0n)
      return { quantity, unit: pricingUnit, listUnitPrice: unitPrice, contractedUnitPrice: contracted };
  }
  const quantity = signed(ONE, listPrice);
  return {
    quantity,
    unit: WHOLE,
    listUnitPrice: magnitude(listPrice),
    contractedUnitPrice: magnitude(settlement.amount),
  };
}

const magnitude = (amount: Money): Money => (amount < 0n ? negate(amount) : amount);
const signed = (amount: Money, like: Money): Money => (like < 0n ? negate(amount) : amount);
const divided = (amount: Money, by: Money): Money =>
  roundedProduct([amount], 12, { numerator: ONE * signOf(by), denominator: magnitude(by) });
const signOf = (amount: Money): bigint => (amount < 0n ? -1n : 1n);
const matches = (price: Money, quantity: Money, cost: Money): boolean =>
  roundedProduct([price, quantity], DECIMALS) === roundedProduct([cost], DECIMALS);

export const toPricingColumns = (pricing: Pricing): FocusRow => ({
  PricingQuantity: exactText(pricing.quantity, 0),
  PricingUnit: pricing.unit,
  ListUnitPrice: exactText(pricing.listUnitPrice, 0),
  ContractedUnitPrice: exactText(pricing.contractedUnitPrice, 0),
});
