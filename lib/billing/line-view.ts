import * as z from 'zod';
import { sumOfUses } from '#lib/coupons/index.ts';
import { maskName } from '#lib/shared/masking.ts';
import { fixedText } from '#lib/shared/money.ts';
import { COLUMNS } from './columns.ts';
import type { BillLine } from './line.ts';

const shown = z.string().nullable();

/** The 56 columns as a file shows them, and what stands behind them. */
export const lineView = z.object({
  lineId: z.string(),
  ...Object.fromEntries(COLUMNS.map(({ field, title }) => [field, shown.meta({ description: title })])),
  late: z.boolean().meta({ description: 'Its own month was billed already when it arrived (FIN-14)' }),
  source: z.enum(['platform', 'marketplace']),
  serviceProvider: shown,
  discountId: shown,
  couponsUsedCash: z.string(),
  couponsUsedTest: z.string(),
  couponUsages: z
    .array(z.object({ couponId: z.string(), kind: z.string(), amount: z.string() }))
    .meta({ description: 'What each coupon paid; below 0 on a refund' }),
  taxByComponent: z.record(z.string(), z.string()),
  originalLineId: shown,
  startedWhileFrozen: z
    .object({ freezeRecordId: z.string(), frozenAt: z.string() })
    .nullable()
    .meta({ description: 'The freeze that was on when the consumption, or the order, began' }),
});

/** Customer names are masked, ids and account names clear (FIN-05, spec note 13). */
export function toLineView(line: BillLine): z.input<typeof lineView> & Record<string, unknown> {
  const { charge, settlement, amounts, couponUsages = [] } = line;
  const columns = COLUMNS.map(({ field, of }) => [field, of(line) ?? null] as const);
  const { customerName } = line.names;
  return {
    lineId: line.lineId,
    ...Object.fromEntries(columns),
    customerName: customerName === undefined ? null : maskName(customerName),
    late: charge.late,
    source: charge.source,
    serviceProvider: charge.serviceProvider ?? null,
    discountId: settlement.basis.kind === 'no-discount' ? null : settlement.basis.from.discountId,
    couponsUsedCash: fixedText(sumOfUses(couponUsages, 'cash'), 8),
    couponsUsedTest: fixedText(sumOfUses(couponUsages, 'test'), 8),
    couponUsages: couponUsages.map((use) => ({ ...use, amount: fixedText(use.amount, 8) })),
    taxByComponent: textsOf(amounts.tax.byComponent),
    originalLineId: settlement.originalRecordId === undefined ? null : `line_${settlement.originalRecordId}`,
    startedWhileFrozen: line.startedWhileFrozen ?? null,
  };
}

export const textsOf = (amounts: Readonly<Record<string, Parameters<typeof fixedText>[0]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(amounts).map(([code, amount]) => [code, fixedText(amount, 8)]));
