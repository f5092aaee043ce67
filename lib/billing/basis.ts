import type { ExpenditureRecord } from '#lib/expenditures/index.ts';
import type { Money } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { inForceAt } from '#lib/shared/validity.ts';
import { ruleTimeOf } from './cycle.ts';
import { asOfVersion, type CommercialDiscount, type DiscountItem, validityOf } from './discount.ts';

/** What a line is settled by: exactly one of these, never a stack (FIN-30). */
export type Basis =
  | { readonly kind: 'no-discount' }
  | { readonly kind: 'percentage'; readonly discount: Money; readonly from: DiscountSource }
  | {
      readonly kind: 'fixed-unit-price';
      readonly unitPrice: Money;
      readonly unit: string;
      readonly from: DiscountSource;
    };

export interface DiscountSource {
  readonly discountId: string;
  readonly level: CommercialDiscount['type'];
}

const NO_DISCOUNT: Basis = { kind: 'no-discount' };

/** A partner's discounts in one version of the book, sorted out once for many lines. */
export interface DiscountIndex {
  readonly partnerLevel: readonly CommercialDiscount[];
  readonly ofCustomer: ReadonlyMap<string, readonly CommercialDiscount[]>;
}

export function indexDiscounts(discounts: Iterable<CommercialDiscount>, version: number): DiscountIndex {
  const partnerLevel: CommercialDiscount[] = [];
  const ofCustomer = new Map<string, CommercialDiscount[]>();
  for (const each of discounts) {
    const discount = asOfVersion(each, version);
    if (!discount) continue;
    if (discount.customerId === undefined) partnerLevel.push(discount);
    else ofCustomer.set(discount.customerId, [...(ofCustomer.get(discount.customerId) ?? []), discount]);
  }
  return { partnerLevel, ofCustomer };
}

type Settled = Pick<
  ExpenditureRecord,
  | 'billType'
  | 'customerId'
  | 'settlementClass'
  | 'productTypeCode'
  | 'transactionTime'
  | 'consumptionMonth'
  | 'usage'
  | 'usageUnit'
  | 'pricingUnit'
>;

/** FIN-30: product without discount; else the customer's discount; else the partner's; else none. FIN-34: adjustments have none. */
export function basisOf(charge: Settled, index: DiscountIndex): Basis {
  if (charge.settlementClass === 'no-discount' || charge.billType === 'adjustment') return NO_DISCOUNT;
  const time = ruleTimeOf(charge); // FIN-32
  const own = index.ofCustomer.get(charge.customerId);
  return (own && bestOf(own, charge, time)) ?? bestOf(index.partnerLevel, charge, time) ?? NO_DISCOUNT;
}

/** Within a level a fixed unit price beats a percentage, and a product's own item one for all products (FIN-30). */
function bestOf(discounts: readonly CommercialDiscount[], charge: Settled, time: Instant): Basis | undefined {
  let best: { readonly rank: number; readonly item: DiscountItem; readonly discount: CommercialDiscount } | undefined;
  for (const discount of discounts) {
    if (!inForceAt(validityOf(discount), time)) continue;
    for (const item of discount.items) {
      if (!fits(item, charge)) continue;
      const rank = (item.kind === 'fixed-unit-price' ? 2 : 0) + (item.productTypeCodes ? 1 : 0);
      if (!best || rank > best.rank) best = { rank, item, discount };
    }
  }
  return best && toBasis(best.item, best.discount);
}

/** A fixed unit price fits usage metered in its unit; a price per Mbps says nothing about GB (FIN-25). */
function fits(item: DiscountItem, charge: Settled): boolean {
  if (item.settlementClass !== 'special' && item.settlementClass !== charge.settlementClass) return false;
  if (item.productTypeCodes && !item.productTypeCodes.includes(charge.productTypeCode)) return false;
  return (
    item.kind === 'percentage' || (charge.usage !== undefined && item.unit === (charge.pricingUnit ?? charge.usageUnit))
  );
}

function toBasis(item: DiscountItem, { discountId, type }: CommercialDiscount): Basis {
  const from = { discountId, level: type };
  return item.kind === 'percentage'
    ? { kind: 'percentage', discount: item.discount, from }
    : { kind: 'fixed-unit-price', unitPrice: item.unitPrice, unit: item.unit, from };
}
