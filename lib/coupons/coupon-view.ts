import * as z from 'zod';
import type { Customer } from '#lib/customers/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import { maskName } from '#lib/shared/masking.ts';
import { cut, exactText, fixedText, type Money, moneyText, parseMoney } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import {
  COUPON_BILLING_MODES,
  COUPON_CURRENCY,
  COUPON_KINDS,
  COUPON_SOURCES,
  COUPON_STATUSES,
  type Coupon,
  statusOf,
} from './coupon.ts';
import { QUOTA_EVENTS, type QuotaEntry } from './quota-store.ts';
import type { CouponUsage } from './usage-store.ts';

const productScope = z.object({
  mode: z.enum(['include', 'exclude']),
  codes: z.array(z.string().min(1).max(128)).max(200).meta({ description: 'Product type codes' }),
});
const billingModes = z.array(z.enum(COUPON_BILLING_MODES));

/** What a coupon is made of, as the API takes it. */
export const couponFields = {
  name: z.string().trim().min(1).max(128),
  kind: z.enum(COUPON_KINDS),
  source: z.enum(COUPON_SOURCES),
  faceValue: moneyText.transform(parseMoney),
  productScope: productScope.default({ mode: 'exclude', codes: [] }).meta({ description: 'All products by default' }),
  billingModes: billingModes
    .min(1)
    .max(COUPON_BILLING_MODES.length)
    .default([...COUPON_BILLING_MODES]),
  multiUse: z.boolean().default(true).meta({ description: 'Without it, the coupon serves one line of a bill' }),
  excludeMarketplace: z.boolean().default(false),
  remarks: z.string().trim().min(1).max(500).optional(),
};

export const couponView = z.object({
  couponId: z.string(),
  partnerId: z.string(),
  name: z.string(),
  kind: z.enum(COUPON_KINDS),
  source: z.enum(COUPON_SOURCES),
  status: z.enum(COUPON_STATUSES),
  currency: z.string(),
  faceValue: z.string(),
  balance: z.string().meta({ description: 'With 2 decimals, cut' }),
  effectiveAt: z.string(),
  expiresAt: z.string(),
  productScope,
  billingModes,
  customerId: z.string().nullable().meta({ description: 'Null: for all customers' }),
  customerName: z.string().nullable().meta({ description: 'Masked' }),
  accountName: z.string().nullable(),
  resellerId: z.string().nullable(),
  resellerName: z.string().nullable(),
  resellerAccountName: z.string().nullable(),
  multiUse: z.boolean(),
  excludeMarketplace: z.boolean(),
  remarks: z.string().nullable(),
  splitFrom: z.string().nullable(),
  issuedAt: z.string(),
  usedUpAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lapsedAt: z.string().nullable(),
});

/** A coupon with whom it is for. */
export interface ShownCoupon {
  readonly coupon: Coupon;
  readonly customer?: Customer;
  readonly reseller?: Partner;
}

export function toCouponView({ coupon, customer, reseller }: ShownCoupon, now: Instant): z.input<typeof couponView> {
  const { version: _version, faceValue, balance, ...shown } = coupon;
  return {
    ...shown,
    status: statusOf(coupon, now),
    currency: COUPON_CURRENCY,
    faceValue: shortText(faceValue),
    balance: shortText(balance),
    productScope: { ...coupon.productScope, codes: [...coupon.productScope.codes] },
    billingModes: [...coupon.billingModes],
    customerId: coupon.customerId ?? null,
    customerName: customer?.customerName ? maskName(customer.customerName) : null,
    accountName: customer?.accountName ?? null,
    resellerId: coupon.resellerId ?? null,
    resellerName: reseller?.companyName ?? null,
    resellerAccountName: reseller?.accountName ?? null,
    remarks: coupon.remarks ?? null,
    splitFrom: coupon.splitFrom ?? null,
    usedUpAt: coupon.usedUpAt ?? null,
    revokedAt: coupon.revokedAt ?? null,
    lapsedAt: coupon.lapsedAt ?? null,
  };
}

/** FIN-59: cut, so that a coupon never seems to hold more than it does. */
export const shortText = (amount: Money): string => exactText(cut(amount, 2), 2);

export const couponUsageView = z.object({
  billId: z.string(),
  lineId: z.string(),
  customerId: z.string(),
  cycle: z.string(),
  amount: z.string().meta({ description: 'Below 0: given back' }),
  time: z.string().meta({ description: 'Transaction time of the line' }),
});

export const toCouponUsageView = ({ couponId: _couponId, ...usage }: CouponUsage): z.input<typeof couponUsageView> => ({
  ...usage,
  amount: fixedText(usage.amount, 8),
});

export const quotaEntryView = z.object({
  couponId: z.string(),
  event: z.enum(QUOTA_EVENTS),
  amount: z.string(),
  quotaAfter: z.string().meta({ description: 'What the coupon holds after it' }),
  time: z.string(),
  billId: z.string().nullable(),
  cycle: z.string().nullable(),
});

export const toQuotaEntryView = ({ partnerId: _partnerId, ...entry }: QuotaEntry): z.input<typeof quotaEntryView> => ({
  ...entry,
  amount: fixedText(entry.amount, 8),
  quotaAfter: fixedText(entry.quotaAfter, 8),
  billId: entry.billId ?? null,
  cycle: entry.cycle ?? null,
});

export const couponSummaryView = z.object({
  customerId: z.string(),
  available: z.number().int(),
  total: z.string(),
  currency: z.string(),
  expiringSoon: z.number().int().meta({ description: 'Of the available ones, those that expire within 7 days' }),
});
