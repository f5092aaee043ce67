import * as z from 'zod';
import { fixedText } from '#lib/shared/money.ts';
import { lineIdOf } from '../line.ts';
import { textsOf } from '../line-view.ts';
import type { Adjustment } from './adjustment.ts';
import type { Effect } from './effect.ts';

const exact = z.string().meta({ description: '8 decimals' });

export const adjustmentView = z.object({
  adjustmentId: z.string(),
  partnerId: z.string(),
  cycle: z.string(),
  customerId: z.string(),
  resellerId: z.string().nullable(),
  productType: z.string(),
  productTypeCode: z.string(),
  amount: exact.meta({ description: 'Settlement amount, signed, before tax' }),
  transactionTime: z.string(),
  lineId: z.string().meta({ description: 'Its line on the bill of the cycle' }),
  correctsBillId: z.string().nullable(),
  correctsLineId: z.string().nullable(),
  reason: z.string().nullable().meta({ description: 'For operators' }),
  postedBy: z.string().nullable().meta({ description: 'For operators' }),
  postedAt: z.string(),
});

export const toAdjustmentView = (adjustment: Adjustment, toOperator: boolean): z.input<typeof adjustmentView> => ({
  adjustmentId: adjustment.adjustmentId,
  partnerId: adjustment.partnerId,
  cycle: adjustment.cycle,
  customerId: adjustment.customerId,
  resellerId: adjustment.resellerId ?? null,
  productType: adjustment.productType,
  productTypeCode: adjustment.productTypeCode,
  amount: fixedText(adjustment.amount, 8),
  transactionTime: adjustment.transactionTime,
  lineId: lineIdOf(adjustment.adjustmentId),
  correctsBillId: adjustment.correctsBillId ?? null,
  correctsLineId: adjustment.correctsLineId ?? null,
  reason: toOperator ? adjustment.reason : null,
  postedBy: toOperator ? adjustment.postedBy : null,
  postedAt: adjustment.postedAt,
});

export const effectView = z.object({
  settlementType: z.literal('No discount'),
  settlementAmount: exact,
  couponsUsed: exact,
  tax: exact.nullable().meta({ description: 'null: no tax rule is in force at the end of the cycle' }),
  taxByComponent: z.record(z.string(), exact).nullable(),
  due: exact.nullable(),
  estimate: z.object({ before: exact, after: exact }).meta({ description: 'Of the last refresh, without tax' }),
});

export const toEffectView = ({ settlementAmount, amounts, ...effect }: Effect): z.input<typeof effectView> => ({
  settlementType: 'No discount',
  settlementAmount: fixedText(settlementAmount, 8),
  couponsUsed: '0.00000000',
  tax: amounts ? fixedText(amounts.tax.total, 8) : null,
  taxByComponent: amounts ? textsOf(amounts.tax.byComponent) : null,
  due: amounts ? fixedText(amounts.due, 8) : null,
  estimate: { before: fixedText(effect.estimateBefore, 8), after: fixedText(effect.estimateAfter, 8) },
});
