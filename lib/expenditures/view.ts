import * as z from 'zod';
import { managerOfDay } from '#lib/customers/index.ts';
import type { Partner } from '#lib/partners/index.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { isOrder } from './charge-form.ts';
import { dayOf } from './classify.ts';
import { BILL_TYPES, BILLING_MODES, type ExpenditureRecord, ORDER_TYPES } from './record.ts';
import { amountDueOf, amountText } from './view-amount.ts';
import type { Details } from './view-details.ts';
import { expenditureHeader, toHeader } from './view-header.ts';

const detailView = z.object({
  recordId: z.string(),
  billingCycle: z.string(),
  late: z.boolean().meta({ description: 'Arrived after its own month was billed' }),
  associationType: z.enum(['reseller', 'referral']).meta({ description: 'At the time of consumption' }),
  reseller: z
    .object({ partnerId: z.string(), companyName: z.string(), accountName: z.string() })
    .nullable()
    .meta({ description: 'Shown to its distributor' }),
  accountManagerId: z
    .string()
    .nullable()
    .meta({ description: "The acting partner's account manager for whom the day of the record counts" }),
  productType: z.string(),
  productName: z.string(),
  billingMode: z.enum(BILLING_MODES),
  spentFrom: z.string().nullable(),
  spentTo: z.string().nullable().meta({ description: 'The interval excludes it' }),
  orderOrTransactionId: z.string(),
  orderType: z.enum(ORDER_TYPES).nullable(),
  billType: z.enum(BILL_TYPES),
  expenditureKind: z.enum(['purchase', 'usage', 'hourly-billing']).nullable(),
  transactionTime: z.string().meta({
    description: 'Payment of an order; for usage, when its charge was produced, shortly after the consumption',
  }),
  resourceId: z.string().nullable(),
  region: z.string().nullable(),
  listPrice: z.string(),
  discount: z.string(),
  amountDue: z
    .string()
    .meta({ description: 'List price − discount = cash payments + coupons used + monthly settlement' }),
  cashPayments: z.string(),
  couponsUsed: z.string(),
  monthlySettlement: z.string(),
  status: z.enum(['estimated', 'settled']).meta({ description: 'Settled once the month is closed' }),
});

export const detailsView = z.object({
  ...expenditureHeader,
  cycle: z.string(),
  items: z.array(detailView),
  nextCursor: z.string().optional().meta({ description: 'A page may be short while more follow' }),
});

export function toDetailsView(details: Details, cycle: BillingMonth, now: Instant): z.input<typeof detailsView> {
  const { access, records, closedFor, resellers, assignments, usageCompleteThrough } = details;
  return {
    ...toHeader(access.customer, usageCompleteThrough, now),
    cycle,
    items: records.map((record) => ({
      ...whatOf(record),
      ...amountsOf(record),
      reseller: toReseller(resellers.get(record.resellerId ?? '')),
      accountManagerId: managerOfDay(assignments, dayOf(record)) ?? null, // CUS-201, CUS-202, CUS-206
      status: closedFor.has(record.partnerId) ? 'settled' : 'estimated', // ORD-133
    })),
  };
}

const whatOf = (record: ExpenditureRecord) => ({
  recordId: record.recordId,
  billingCycle: record.billingCycle,
  late: record.late,
  associationType: record.associationType,
  productType: record.productType,
  productName: record.productName,
  billingMode: record.billingMode,
  spentFrom: record.spentFrom ?? null,
  spentTo: record.spentTo ?? null,
  orderOrTransactionId: record.orderId,
  orderType: record.billingMode === 'pay-per-use' ? null : (record.orderType ?? null),
  billType: record.billType,
  expenditureKind: kindOf(record),
  transactionTime: record.producedAt ?? record.transactionTime, // ORD-137
  resourceId: record.resourceId ?? null,
  region: record.region ?? record.regionCode ?? null,
});

const amountsOf = (record: ExpenditureRecord) => ({
  listPrice: amountText(record.listPrice),
  discount: amountText(record.payment.discount),
  amountDue: amountText(amountDueOf(record)),
  cashPayments: amountText(record.payment.cashPayments),
  couponsUsed: amountText(record.payment.couponsUsed),
  monthlySettlement: amountText(record.payment.monthlySettlement),
});

function kindOf(record: ExpenditureRecord): 'purchase' | 'usage' | 'hourly-billing' | null {
  if (record.billType !== 'expenditure') return null;
  if (isOrder(record)) return 'purchase';
  return record.billingMode === 'pay-per-use' ? 'usage' : 'hourly-billing';
}

const toReseller = (partner: Partner | undefined) =>
  partner ? { partnerId: partner.partnerId, companyName: partner.companyName, accountName: partner.accountName } : null;
