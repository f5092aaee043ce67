import { type ExpenditureRecord, restoresCoupons } from '#lib/expenditures/index.ts';
import { exactText, fixedText, type Money, ZERO } from '#lib/shared/money.ts';
import { type Regime, regimeOf } from './cycle.ts';
import type { Explanation } from './explain-line.ts';
import type { BillLine } from './line.ts';
import { settlementDiscountText } from './settlement.ts';
import { usageDaysRatio } from './usage.ts';

/** One step of a line's arithmetic, as a person would write it. */
export interface Step {
  readonly rule: string;
  readonly formula: string;
  readonly result: string;
}

const number = (amount: Money): string => exactText(amount, 0);
const result = (amount: Money): string => fixedText(amount, 8);

/** Every arithmetic step of a line, in order. */
export function stepsOf({ record, original, bill, line, recomputed }: Explanation): Step[] {
  const { settlement, amounts } = recomputed;
  const { couponsUsed, taxExclusiveDue, tax, due } = amounts;
  return [
    settlementStep(record, recomputed.settlement, original, regimeOf(bill.cycle)),
    ...couponSteps(line, couponsUsed),
    {
      rule: 'FIN-35',
      formula: `${number(settlement.amount)} settlement − ${number(couponsUsed)} coupons`,
      result: result(taxExclusiveDue),
    },
    ...bill.terms.taxComponents.map(({ code, rate }) => ({
      rule: 'FIN-36',
      formula: `${code}: ${number(taxExclusiveDue)} × ${number(rate)}, rounded to 8 decimals`,
      result: result(tax.byComponent[code] ?? ZERO),
    })),
    { rule: 'FIN-37', formula: `${number(taxExclusiveDue)} + ${number(tax.total)} tax`, result: result(due) },
  ];
}

/** What each coupon paid, in the order of use; on a refund, what is taken back of each. */
function couponSteps({ charge, couponUsages = [] }: BillLine, couponsUsed: Money): Step[] {
  if (couponUsages.length === 0) return [];
  const parts = couponUsages.map(({ couponId, kind, amount }) => `${number(amount)} of ${kind} coupon ${couponId}`);
  const refunded = restoresCoupons(charge) ? 'given back to them (FIN-62)' : 'not given back (FIN-61)';
  const after = charge.billType === 'refund' ? `, ${refunded}` : '';
  const rule = charge.billType === 'refund' ? 'FIN-63' : 'FIN-55';
  return [{ rule, formula: `${parts.join(' + ')}${after}`, result: result(couponsUsed) }];
}

const ROUNDING: Record<Regime, string> = {
  'cut-lines': 'cut to 2 decimals (pay-per-use until 2021-05)',
  'round-lines': 'rounded to 2 decimals (pay-per-use until 2021-07)',
  'exact-lines': 'rounded to 8 decimals',
};

function settlementStep(
  record: ExpenditureRecord,
  { basis, amount }: Explanation['recomputed']['settlement'],
  original: Explanation['original'],
  regime: Regime,
): Step {
  const perLine = record.billingMode === 'pay-per-use' && record.billType !== 'adjustment';
  const rounding = ROUNDING[perLine ? regime : 'exact-lines'];
  const list = number(record.listPrice);
  const step = (rule: string, product: string): Step => ({
    rule,
    formula: `${product}, ${rounding}`,
    result: result(amount),
  });
  if (original) {
    const { charge, settlement } = original;
    return step(
      'FIN-33',
      `${number(settlement.amount)} settlement of the original × ${list} / ${number(charge.listPrice)}`,
    );
  }
  if (record.billType === 'adjustment') return step('FIN-34', `${list} as posted`);
  switch (basis.kind) {
    case 'no-discount':
      return step('FIN-30', `${list} list price × (1 − 0%)`);
    case 'percentage':
      return step('FIN-23', `${list} list price × (1 − ${settlementDiscountText(basis)})`);
    case 'fixed-unit-price':
      return step('FIN-24', fixedPriceText(record, number(basis.unitPrice)));
  }
}

function fixedPriceText(record: ExpenditureRecord, unitPrice: string): string {
  const { usage, conversionFactor, linearSize } = record;
  const ratio = usageDaysRatio(record);
  return [
    `${unitPrice} fixed unit price × ${usage === undefined ? 1 : number(usage)} usage`,
    ...(conversionFactor === undefined ? [] : [`/ ${number(conversionFactor)} per pricing unit`]),
    ...(linearSize === undefined ? [] : [`× ${number(linearSize)} linear size`]),
    ...(ratio ? [`× ${ratio.numerator}/${ratio.denominator} usage days`] : []),
  ].join(' ');
}
