import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import {
  cutProduct,
  exactText,
  type Fraction,
  type Money,
  negate,
  parseMoney,
  roundedProduct,
  subtract,
} from '#lib/shared/money.ts';
import { type Basis, basisOf, type DiscountIndex } from './basis.ts';
import { type Regime, regimeOf } from './cycle.ts';
import { usageDaysRatio } from './usage.ts';

const WHOLE = parseMoney('1');
const UNITS: Fraction = { numerator: 1n, denominator: 1n };

/** What the partner owes for a charge before coupons and tax, and by which basis. */
export interface Settlement {
  readonly basis: Basis;
  readonly amount: Money;
  /** The charge whose settlement a refund takes back (FIN-33). */
  readonly originalRecordId?: string;
}

/** The settled charge that a refund takes back; settled by the rules of its own time (FIN-33). */
export interface Original {
  readonly charge: ExpenditureRecord;
  readonly settlement: Settlement;
}

export interface SettlementRules {
  readonly discounts: DiscountIndex;
  readonly regime: Regime;
  /** By record id; a refund whose original is unknown is settled like a charge of its own time. */
  readonly originals: ReadonlyMap<string, Original>;
}

/** FIN-21 to FIN-34: the single source of settlement amounts, for bills, estimates, views and exports. */
export function settle(charge: ExpenditureRecord, { discounts, regime, originals }: SettlementRules): Settlement {
  const original = charge.billType === 'refund' ? originals.get(charge.originalRecordId ?? '') : undefined;
  if (original && original.charge.listPrice > 0n) return takeBack(charge, original, regime);
  const basis = basisOf(charge, discounts);
  return { basis, amount: amountBy(basis, charge, regime) };
}

/** FIN-33: −(settlement of the original × refunded fraction), at the original's discount. */
function takeBack(refund: ExpenditureRecord, { charge, settlement }: Original, regime: Regime): Settlement {
  const fraction = { numerator: refund.listPrice, denominator: charge.listPrice };
  return {
    basis: settlement.basis,
    amount: product(refund, regime, [settlement.amount], fraction),
    originalRecordId: charge.recordId,
  };
}

function amountBy(basis: Basis, charge: ExpenditureRecord, regime: Regime): Money {
  switch (basis.kind) {
    case 'no-discount':
      return product(charge, regime, [charge.listPrice]);
    case 'percentage': // FIN-23
      return product(charge, regime, [charge.listPrice, subtract(WHOLE, basis.discount)]);
    case 'fixed-unit-price': {
      // FIN-24: the list price plays no part, so a refund gets its sign here
      const amount = product(
        charge,
        regime,
        [basis.unitPrice, charge.usage ?? WHOLE, charge.linearSize ?? WHOLE],
        usageFraction(charge),
      );
      return charge.billType === 'refund' && amount > 0n ? negate(amount) : amount;
    }
  }
}

/** FIN-25: usage in pricing units; FIN-27: the exact ratio of days with traffic. */
function usageFraction(charge: ExpenditureRecord): Fraction {
  const { numerator, denominator } = usageDaysRatio(charge) ?? UNITS;
  const perUnit = charge.conversionFactor ?? WHOLE;
  return { numerator: numerator * WHOLE, denominator: denominator * perUnit };
}

type Factors = readonly [Money, ...Money[]];

/** FIN-40: 8 decimals, HALF_UP. FIN-43: pay-per-use lines of older cycles were brought to 2 decimals one by one. */
function product(charge: ExpenditureRecord, regime: Regime, factors: Factors, fraction: Fraction = UNITS): Money {
  const perLine = charge.billingMode === 'pay-per-use' && charge.billType !== 'adjustment';
  if (perLine && regime === 'cut-lines') return cutProduct(factors, 2, fraction);
  return roundedProduct(factors, perLine && regime === 'round-lines' ? 2 : 8, fraction);
}

/** Settles a charge as the bill of its own cycle did, for the refund that takes it back. */
export const settleOriginal = (charge: ExpenditureRecord, discounts: DiscountIndex): Original => ({
  charge,
  settlement: settle(charge, { discounts, regime: regimeOf(charge.billingCycle), originals: new Map() }),
});

const TYPE_OF_CLASS = {
  common: 'Common product',
  promotional: 'Promotional product',
  'no-discount': 'No discount',
} as const;

export type SettlementType = (typeof TYPE_OF_CLASS)[keyof typeof TYPE_OF_CLASS] | 'Special discount request';

/** FIN-31, FIN-34. */
export function settlementTypeOf(
  charge: Pick<ExpenditureRecord, 'billType' | 'settlementClass'>,
  basis: Basis,
): SettlementType {
  if (charge.billType === 'adjustment') return 'No discount';
  if (basis.kind !== 'no-discount' && basis.from.level === 'customer-level') return 'Special discount request';
  return TYPE_OF_CLASS[charge.settlementClass];
}

/** Column 39: a percentage (`25%`) or the agreed fixed unit price. */
export function settlementDiscountText(basis: Basis): string {
  switch (basis.kind) {
    case 'no-discount':
      return '0%';
    case 'percentage':
      return `${exactText((basis.discount * 100n) as Money, 0)}%`;
    case 'fixed-unit-price':
      return exactText(basis.unitPrice);
  }
}
