import type { CommercialDiscount, DiscountItem } from '#lib/billing/discount.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { instant } from '#lib/shared/time.ts';

let made = 0;

/** A commercial discount valid for all of 2024 unless told otherwise. */
export function aDiscount({
  from = '2024-01-01T00:00:00+08:00',
  to = '2024-12-31T23:59:59+08:00',
  ...wish
}: Partial<CommercialDiscount> & { from?: string; to?: string } = {}): CommercialDiscount {
  made += 1;
  return {
    discountId: `dis_${made}`,
    partnerId: 'par_1',
    type: wish.customerId === undefined ? 'partner-level' : 'customer-level',
    effectiveAt: instant(from),
    expiresAt: instant(to),
    items: [percentage('0.25')],
    createdAt: instant(from),
    sinceVersion: 1,
    ...wish,
  };
}

type Scope = Partial<Pick<DiscountItem, 'settlementClass' | 'productTypeCodes'>>;

export const percentage = (discount: string, scope: Scope = {}): DiscountItem => ({
  kind: 'percentage',
  settlementClass: 'common',
  discount: parseMoney(discount),
  ...scope,
});

export const fixedPrice = (unitPrice: string, unit: string, scope: Scope = {}): DiscountItem => ({
  kind: 'fixed-unit-price',
  settlementClass: 'common',
  unitPrice: parseMoney(unitPrice),
  unit,
  ...scope,
});
