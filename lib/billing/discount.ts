import { type FieldError, faultUnless } from '#lib/shared/errors.ts';
import { type Money, parseMoney } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { inForceAt, isWholeSecond, overlap, type Validity } from '#lib/shared/validity.ts';

const WHOLE = parseMoney('1');

export const DISCOUNT_TYPES = ['partner-level', 'customer-level'] as const;
/** Classes of FIN-31; a customer-level discount applies to products of both classes and makes the line a special request. */
export const DISCOUNT_CLASSES = ['common', 'promotional', 'special'] as const;

/** What an item of a commercial discount grants, for all products or the named product type codes. */
export type DiscountItem = {
  readonly settlementClass: (typeof DISCOUNT_CLASSES)[number];
  readonly productTypeCodes?: readonly string[];
} & (
  | { readonly kind: 'percentage'; readonly discount: Money }
  | { readonly kind: 'fixed-unit-price'; readonly unitPrice: Money; readonly unit: string }
);

/** FIN-127: granted by the platform, for all customers of a partner or for one. */
export interface CommercialDiscount {
  readonly discountId: string;
  readonly partnerId: string;
  readonly type: (typeof DISCOUNT_TYPES)[number];
  readonly customerId?: string;
  readonly effectiveAt: Instant;
  readonly expiresAt: Instant;
  readonly terminatedAt?: Instant;
  readonly items: readonly DiscountItem[];
  readonly createdAt: Instant;
  /** Versions of the partner's discount book: when it came in, when it was ended early. */
  readonly sinceVersion: number;
  readonly terminatedVersion?: number;
}

/** Ending early holds for later transactions only (FIN-131). */
export const validityOf = ({ effectiveAt, expiresAt, terminatedAt }: CommercialDiscount): Validity => ({
  from: effectiveAt,
  to: terminatedAt !== undefined && terminatedAt < expiresAt ? terminatedAt : expiresAt,
});

export type DiscountStatus = 'pending' | 'effective' | 'expired' | 'terminated';

export function statusOf(discount: CommercialDiscount, now: Instant): DiscountStatus {
  if (discount.terminatedAt !== undefined) return 'terminated';
  if (now < discount.effectiveAt) return 'pending';
  return inForceAt(validityOf(discount), now) ? 'effective' : 'expired';
}

/** A discount as it stood in version `version` of the book; a bill is settled by one version (FIN-32). */
export function asOfVersion(discount: CommercialDiscount, version: number): CommercialDiscount | undefined {
  if (discount.sinceVersion > version) return undefined;
  if (discount.terminatedVersion === undefined || discount.terminatedVersion <= version) return discount;
  return { ...discount, terminatedAt: undefined, terminatedVersion: undefined };
}

/** Why a discount cannot be granted in this form, field by field; nothing when it can. */
export function faultsOf({ type, customerId, effectiveAt, expiresAt, items }: CommercialDiscount): FieldError[] {
  const ofCustomer = type === 'customer-level';
  const keys = items.flatMap(scopeKeys);
  return [
    ...faultUnless(
      ofCustomer === (customerId !== undefined),
      '/customerId',
      'a customer-level discount names its customer, a partner-level one none',
    ),
    ...faultUnless(isWholeSecond(effectiveAt), '/effectiveAt', 'times have whole seconds'), // FIN-128
    ...faultUnless(isWholeSecond(expiresAt), '/expiresAt', 'times have whole seconds'),
    ...faultUnless(expiresAt >= effectiveAt, '/expiresAt', 'the expiration lies before the effective time'),
    ...items.flatMap((item, i) => itemFaults(item, `/items/${i}`, ofCustomer)),
    ...faultUnless(new Set(keys).size === keys.length, '/items', 'two items have the same scope'),
  ];
}

const itemFaults = (item: DiscountItem, pointer: string, ofCustomer: boolean): FieldError[] => [
  ...faultUnless(
    (item.settlementClass === 'special') === ofCustomer,
    `${pointer}/settlementClass`,
    'items of a customer-level discount are special, those of a partner-level one common or promotional',
  ),
  ...faultUnless(!isOutOfRange(item), pointer, 'a percentage lies between 0 and 1, a price is not negative'),
];

/** FIN-129: would both apply to the same charge, with nothing in FIN-30 to choose between them? */
export function collide(a: CommercialDiscount, b: CommercialDiscount): boolean {
  if (a.type !== b.type || a.customerId !== b.customerId || !overlap(validityOf(a), validityOf(b))) return false;
  const scopes = new Set(a.items.flatMap(scopeKeys));
  return b.items.flatMap(scopeKeys).some((scope) => scopes.has(scope));
}

const isOutOfRange = (item: DiscountItem): boolean =>
  item.kind === 'percentage' ? item.discount < 0n || item.discount > WHOLE : item.unitPrice < 0n;

const scopeKeys = (item: DiscountItem): string[] =>
  (item.productTypeCodes ?? ['*']).map(
    (code) => `${item.settlementClass}|${item.kind === 'percentage' ? item.kind : item.unit}|${code}`,
  );
