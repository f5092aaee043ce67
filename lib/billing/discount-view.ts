import * as z from 'zod';
import type { Customer } from '#lib/customers/index.ts';
import { maskName } from '#lib/shared/masking.ts';
import { exactText, moneyText, parseMoney } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type CommercialDiscount, DISCOUNT_CLASSES, DISCOUNT_TYPES, type DiscountItem, statusOf } from './discount.ts';

const scope = {
  settlementClass: z.enum(DISCOUNT_CLASSES),
  productTypeCodes: z
    .array(z.string().min(1).max(128))
    .min(1)
    .max(200)
    .optional()
    .meta({ description: 'All products when missing' }),
};
const unit = z.string().min(1).max(64).meta({ description: 'Pricing unit of the usage, such as Mbps' });

/** What an item of a discount grants, as the API takes it. */
export const discountItemInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percentage'), ...scope, discount: moneyText.transform(parseMoney) }),
  z.object({ kind: z.literal('fixed-unit-price'), ...scope, unitPrice: moneyText.transform(parseMoney), unit }),
]);

const discountItemView = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percentage'), ...scope, discount: z.string() }),
  z.object({ kind: z.literal('fixed-unit-price'), ...scope, unitPrice: z.string(), unit }),
]);

export const DISCOUNT_STATUSES = ['pending', 'effective', 'expired', 'terminated'] as const;

export const discountView = z.object({
  discountId: z.string(),
  partnerId: z.string(),
  type: z.enum(DISCOUNT_TYPES),
  customerId: z.string().nullable(),
  customerName: z.string().nullable().meta({ description: 'Masked' }),
  accountName: z.string().nullable(),
  status: z.enum(DISCOUNT_STATUSES),
  effectiveAt: z.string(),
  expiresAt: z.string(),
  terminatedAt: z.string().nullable(),
  items: z.array(discountItemView),
});

export function toDiscountView(
  discount: CommercialDiscount,
  customer: Customer | undefined,
  now: Instant,
): z.input<typeof discountView> {
  return {
    discountId: discount.discountId,
    partnerId: discount.partnerId,
    type: discount.type,
    customerId: discount.customerId ?? null,
    customerName: customer?.customerName ? maskName(customer.customerName) : null,
    accountName: customer?.accountName ?? null,
    status: statusOf(discount, now),
    effectiveAt: discount.effectiveAt,
    expiresAt: discount.expiresAt,
    terminatedAt: discount.terminatedAt ?? null,
    items: discount.items.map(toItemView),
  };
}

const toItemView = (item: DiscountItem): z.input<typeof discountItemView> =>
  item.kind === 'percentage'
    ? { ...item, productTypeCodes: codes(item), discount: exactText(item.discount) }
    : { ...item, productTypeCodes: codes(item), unitPrice: exactText(item.unitPrice) };

const codes = ({ productTypeCodes }: DiscountItem): string[] | undefined => productTypeCodes && [...productTypeCodes];
