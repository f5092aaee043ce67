import * as z from 'zod';
import { exactText, fixedText, loadMoney } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { discountView, toDiscountView } from './discount-view.ts';
import type { Explanation } from './explain-line.ts';
import { lineIdOf } from './line.ts';
import { lineView, textsOf, toLineView } from './line-view.ts';
import { settlementDiscountText, settlementTypeOf } from './settlement.ts';
import { stepsOf } from './steps.ts';
import { taxComponentView, toTaxComponentViews } from './tax-rule-view.ts';

const exact = z.string();

export const explanationView = z.object({
  matches: z.boolean().meta({ description: 'Computed anew from the record, the line comes out the same' }),
  line: lineView,
  record: z.record(z.string(), z.unknown()).meta({ description: 'As delivered: amounts exact' }),
  discount: discountView.nullable(),
  corrects: z
    .object({ billId: z.string(), lineId: z.string().nullable() })
    .nullable()
    .meta({ description: 'What an adjustment makes good' }),
  taxRule: z.object({ taxRuleId: z.string(), components: z.array(taxComponentView) }),
  original: z.object({ lineId: z.string(), cycle: z.string(), settlementAmount: exact }).nullable(),
  steps: z.array(z.object({ rule: z.string(), formula: z.string(), result: exact })),
  recomputed: z.object({
    settlementType: z.string(),
    settlementDiscount: z.string(),
    settlementAmount: exact,
    couponsUsed: exact,
    taxExclusiveDue: exact,
    tax: exact,
    taxByComponent: z.record(z.string(), exact),
    due: exact,
  }),
});

export function toExplanationView(explanation: Explanation, now: Instant): z.input<typeof explanationView> {
  const { bill, line, record, discount, original, recomputed, matches } = explanation;
  return {
    matches,
    line: toLineView(line),
    record: delivered(record),
    discount: discount ? toDiscountView(discount, undefined, now) : null,
    corrects: correctedBy(explanation),
    taxRule: { taxRuleId: bill.terms.taxRuleId, components: toTaxComponentViews(bill.terms.taxComponents) },
    original: original
      ? {
          lineId: lineIdOf(original.charge.recordId),
          cycle: original.charge.billingCycle,
          settlementAmount: fixedText(original.settlement.amount, 8),
        }
      : null,
    steps: stepsOf(explanation),
    recomputed: toRecomputedView(record, recomputed),
  };
}

const correctedBy = ({ adjustment }: Explanation): z.input<typeof explanationView>['corrects'] =>
  adjustment?.correctsBillId === undefined
    ? null
    : { billId: adjustment.correctsBillId, lineId: adjustment.correctsLineId ?? null };

function toRecomputedView(record: Explanation['record'], { settlement, amounts }: Explanation['recomputed']) {
  return {
    settlementType: settlementTypeOf(record, settlement.basis),
    settlementDiscount: settlementDiscountText(settlement.basis),
    settlementAmount: fixedText(settlement.amount, 8),
    couponsUsed: fixedText(amounts.couponsUsed, 8),
    taxExclusiveDue: fixedText(amounts.taxExclusiveDue, 8),
    tax: fixedText(amounts.tax.total, 8),
    taxByComponent: textsOf(amounts.tax.byComponent),
    due: fixedText(amounts.due, 8),
  };
}

/** A record carries amounts and no personal field; amounts leave as texts. */
const delivered = (value: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      if (typeof member === 'bigint') return [name, exactText(loadMoney(member), 0)];
      return [name, typeof member === 'object' && member !== null ? delivered(member) : member];
    }),
  );
