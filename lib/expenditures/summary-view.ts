import * as z from 'zod';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { BILL_TYPES, BILLING_MODES, type BillType } from './record.ts';
import { addFigures, type Figures, NO_FIGURES, type SummaryRow } from './summary.ts';
import { publishedThrough } from './summary-day.ts';
import type { Summary } from './summary-read.ts';
import { amountText } from './view-amount.ts';
import { expenditureHeader, toHeader } from './view-header.ts';

const figures = z.object({
  listPrice: z.string(),
  discount: z.string(),
  amount: z.string().meta({ description: 'List price − discount = cash payments + coupons used + monthly settlement' }),
  cashPayments: z.string(),
  couponsUsed: z.string(),
  monthlySettlement: z.string(),
});

export const summaryView = z.object({
  ...expenditureHeader,
  spentOn: z.string().meta({ description: 'The billing cycle' }),
  publishedThrough: z
    .string()
    .nullable()
    .meta({ description: 'Last day in the figures; a day is published at 00:00 GMT+08:00 two days later' }),
  pendingDays: z
    .array(z.string())
    .meta({ description: 'Published days that are not in the figures yet, because they are still being summed up' }),
  totals: z
    .object({ expenditure: figures, refund: figures, adjustment: figures })
    .meta({ description: 'Kept apart: neither refunds nor adjustments are netted' }),
  rows: z.array(
    z.object({
      billType: z.enum(BILL_TYPES),
      productType: z.string().meta({ description: 'Service type' }),
      billingMode: z.enum(BILLING_MODES),
      associationType: z.enum(['reseller', 'referral']),
      ...figures.shape,
      details: z.string().meta({ description: 'Where the records of this row are listed' }),
    }),
  ),
});

/** Rows by service type, and within one by billing mode. @param wanted only this association type */
export function toSummaryView(
  { access, rows, pendingDays, usageCompleteThrough }: Summary,
  {
    cycle,
    associationType,
  }: { readonly cycle: BillingMonth; readonly associationType?: SummaryRow['associationType'] },
  now: Instant,
): z.input<typeof summaryView> {
  const shown = rows.filter((row) => associationType === undefined || row.associationType === associationType);
  return {
    ...toHeader(access.customer, usageCompleteThrough, now),
    spentOn: cycle,
    publishedThrough: publishedThrough(cycle, now) ?? null,
    pendingDays: [...pendingDays],
    totals: {
      expenditure: totalOf(shown, 'expenditure'),
      refund: totalOf(shown, 'refund'), // ORD-135
      adjustment: totalOf(shown, 'adjustment'),
    },
    rows: shown.toSorted(byKind).map((row) => toRowView(row, access.customer.customerId, cycle)),
  };
}

const totalOf = (rows: readonly SummaryRow[], billType: BillType): z.input<typeof figures> =>
  toTexts(rows.filter((row) => row.billType === billType).reduce<Figures>(addFigures, NO_FIGURES));

function toRowView(row: SummaryRow, customerId: string, cycle: BillingMonth) {
  const { billType, productType, billingMode, associationType } = row;
  const kind = { billType, productType, billingMode, associationType };
  const details = `/v1/expenditures?${new URLSearchParams({ customerId, cycle, ...kind })}`; // ORD-167
  return { ...kind, ...toTexts(row), details };
}

const toTexts = (row: Figures): z.input<typeof figures> => ({
  listPrice: amountText(row.listPrice),
  discount: amountText(row.discount),
  amount: amountText(row.amount),
  cashPayments: amountText(row.cashPayments),
  couponsUsed: amountText(row.couponsUsed),
  monthlySettlement: amountText(row.monthlySettlement),
});

const sortKey = ({ billType, productType, billingMode, associationType }: SummaryRow): string =>
  [BILL_TYPES.indexOf(billType), productType, billingMode, associationType].join('\u0000');

const byKind = (a: SummaryRow, b: SummaryRow): number => (sortKey(a) < sortKey(b) ? -1 : 1);
