import { type FieldError, faultUnless, Refusal } from '#lib/shared/errors.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import { inForceAt, isWholeSecond, overlap, type Validity } from '#lib/shared/validity.ts';
import { ruleErrors } from './errors.ts';
import type { TaxComponent } from './tax.ts';
import { type WithholdingRule, withholdingFault } from './withholding.ts';

/** The approved registration address decides (FIN-38); a rule of the state goes before one of the country. */
export interface TaxArea {
  readonly countryRegion: string;
  readonly stateProvince?: string;
}

export interface TaxRule extends TaxArea {
  readonly taxRuleId: string;
  /** None: the area has no tax. */
  readonly components: readonly TaxComponent[];
  readonly withholding?: WithholdingRule;
  readonly effectiveFrom: Instant;
  readonly effectiveTo?: Instant;
  readonly createdAt: Instant;
}

const taxValidityOf = ({ effectiveFrom, effectiveTo }: TaxRule): Validity => ({
  from: effectiveFrom,
  to: effectiveTo,
});

/** The rule of an area in force at a time, of its state if there is one (FIN-38, FIN-39). */
export function taxRuleAt(rules: readonly TaxRule[], area: TaxArea, time: Instant): TaxRule | undefined {
  const inForce = rules.filter(
    (rule) => rule.countryRegion === area.countryRegion && inForceAt(taxValidityOf(rule), time),
  );
  const ofState = inForce.find((rule) => rule.stateProvince !== undefined && rule.stateProvince === area.stateProvince);
  return ofState ?? inForce.find((rule) => rule.stateProvince === undefined);
}

export type TaxRuleWish = Omit<TaxRule, 'taxRuleId' | 'createdAt'>;

export interface TaxRuleChange {
  readonly rule: TaxRule;
  /** The rule without end that the new one follows, ended the second before. */
  readonly ended?: TaxRule;
}

/** One rule of an area at a time: the new one follows a rule without end, any other must lie apart from it. */
export function decideTaxRule(existing: readonly TaxRule[], rule: TaxRule): TaxRuleChange {
  const ofArea = existing.filter((other) => other.stateProvince === rule.stateProvince);
  const open = ofArea.find((other) => other.effectiveTo === undefined && other.effectiveFrom < rule.effectiveFrom);
  const ended = open && { ...open, effectiveTo: plus(rule.effectiveFrom, { seconds: -1 }) };
  const others = ofArea.filter((other) => other !== open);
  if (others.some((other) => overlap(taxValidityOf(other), taxValidityOf(rule)))) {
    throw new Refusal(ruleErrors.TAX_RULE_OVERLAP);
  }
  return { rule, ended };
}

const WHOLE = parseMoney('1');

/** Why a rule cannot be kept in this form, field by field; nothing when it can. */
export function faultsOf({ components, effectiveFrom, effectiveTo, withholding }: TaxRuleWish): FieldError[] {
  const codes = components.map(({ code }) => code);
  const fault = withholdingFault(withholding);
  return [
    ...components.flatMap(({ rate }, i) =>
      faultUnless(rate >= 0n && rate < WHOLE, `/components/${i}/rate`, 'a rate lies between 0 and 1, 1 excluded'),
    ),
    ...faultUnless(new Set(codes).size === codes.length, '/components', 'a component is named twice'),
    ...faultUnless(isWholeSecond(effectiveFrom), '/effectiveFrom', 'times have whole seconds'),
    ...faultUnless(!effectiveTo || isWholeSecond(effectiveTo), '/effectiveTo', 'times have whole seconds'),
    ...faultUnless(!effectiveTo || effectiveTo >= effectiveFrom, '/effectiveTo', 'the rule ends before it starts'),
    ...(fault === undefined ? [] : [{ pointer: '/withholding', detail: fault }]),
  ];
}
