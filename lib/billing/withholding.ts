import { type Money, parseMoney, roundedProduct, ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { inForceAt } from '#lib/shared/validity.ts';
import type { TaxArea, TaxRule } from './tax-rule.ts';

export const WHT_MODES = ['none', 'exclusive', 'inclusive'] as const;
/** FIN-121: how the certificate reaches the platform beside its upload. */
export const WHT_DELIVERIES = ['upload', 'post', 'authority'] as const;

/** A part of a tax rule: whether prices contain withholding tax (FIN-119) or it comes on top, which is not the platform's matter (FIN-122). */
export interface WithholdingRule {
  readonly mode: (typeof WHT_MODES)[number];
  readonly rate: Money;
  readonly delivery?: (typeof WHT_DELIVERIES)[number];
}

/** What is contained in the prices of a time; 0 where none is. */
export interface WithholdingTerm {
  readonly from: Instant;
  readonly to?: Instant;
  readonly rate: Money;
}

/** The terms of an area, a state's before its country's; none at all when prices never contain any. */
export function withholdingTerms(rules: readonly TaxRule[], area: TaxArea): readonly WithholdingTerm[] | undefined {
  const ofArea = rules.filter(
    ({ countryRegion, stateProvince }) =>
      countryRegion === area.countryRegion && (stateProvince === undefined || stateProvince === area.stateProvince),
  );
  const terms = ofArea
    .toSorted((a, b) => Number(a.stateProvince === undefined) - Number(b.stateProvince === undefined))
    .map(({ effectiveFrom, effectiveTo, withholding }) => ({
      from: effectiveFrom,
      to: effectiveTo,
      rate: withholding?.mode === 'inclusive' ? withholding.rate : ZERO,
    }));
  return terms.some(({ rate }) => rate > 0n) ? terms : undefined;
}

/** FIN-123: the part of a line that its transaction time makes withheld; exact, because amounts have 8 decimals and rates 4. */
export function withheldOf(
  terms: readonly WithholdingTerm[] | undefined,
  time: Instant,
  taxExclusiveDue: Money,
): Money {
  const rate = terms?.find((term) => inForceAt(term, time))?.rate ?? ZERO;
  return rate === ZERO ? ZERO : roundedProduct([taxExclusiveDue, rate], 12);
}

const WHOLE = parseMoney('1');
const SMALLEST_RATE = parseMoney('0.0001');

/** Why it cannot be kept in this form; `undefined` when it can. */
export function withholdingFault(rule: WithholdingRule | undefined): string | undefined {
  if (!rule) return undefined;
  const { mode, rate } = rule;
  if (rate < 0n || rate >= WHOLE || rate % SMALLEST_RATE !== 0n) {
    return 'a withholding rate lies between 0 and 1, 1 excluded, with at most 4 decimals';
  }
  return (mode === 'none') === (rate === ZERO)
    ? undefined
    : 'a withholding rate above 0 goes with a mode, and only with one';
}
