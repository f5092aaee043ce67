import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { parseMoney } from '#lib/shared/money.ts';
import { type Instant, plus } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { bookVersion, inTurn, moveBook } from './book.ts';
import { ruleErrors } from './errors.ts';
import { type TaxRule, taxValidityOf } from './tax.ts';
import { listTaxRulesOf, putEndedTaxRule, putTaxRule, taxRulesKey } from './tax-rule-store.ts';
import { isWholeSecond, overlap } from './validity.ts';

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

/**
 * Keeps a tax rule of a registration area (FIN-38). Bills issued stay as they are.
 * @throws Refusal TAX_RULE_INVALID, TAX_RULE_OVERLAP
 */
export async function setTaxRule(wish: TaxRuleWish, reason: string, now: Instant): Promise<TaxRule> {
  const fault = faultOf(wish);
  if (fault) throw new Refusal(ruleErrors.TAX_RULE_INVALID, { fault });
  const book = taxRulesKey(wish.countryRegion);
  const rule: TaxRule = { ...wish, taxRuleId: newId('tax', now), createdAt: now };
  return inTurn(async () => {
    const version = await bookVersion(book);
    const { ended } = decideTaxRule(await listTaxRulesOf(wish.countryRegion), rule);
    const writes = [putTaxRule(rule), ...(ended ? [putEndedTaxRule(ended)] : []), moveBook(book, version)];
    await transact({ writes, trace: { before: ended, after: { ...rule, reason } } });
    return rule;
  });
}

const WHOLE = parseMoney('1');

function faultOf({ components, effectiveFrom, effectiveTo }: TaxRuleWish): string | undefined {
  if (components.some(({ rate }) => rate < 0n || rate >= WHOLE)) return 'a rate lies between 0 and 1, 1 excluded';
  if (new Set(components.map(({ code }) => code)).size < components.length) return 'a component is named twice';
  if (!isWholeSecond(effectiveFrom) || (effectiveTo && !isWholeSecond(effectiveTo))) return 'times have whole seconds';
  return effectiveTo !== undefined && effectiveTo < effectiveFrom ? 'the rule ends before it starts' : undefined;
}
