import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { bookVersion, inTurn, moveBook } from './book.ts';
import { ruleErrors } from './errors.ts';
import { decideTaxRule, faultsOf, type TaxRule, type TaxRuleWish } from './tax-rule.ts';
import { listTaxRulesOf, putEndedTaxRule, putTaxRule, taxRulesKey } from './tax-rule-store.ts';

/**
 * Keeps a tax rule of a registration area (FIN-38). Bills issued stay as they are.
 * @throws Refusal TAX_RULE_INVALID, TAX_RULE_OVERLAP
 */
export async function setTaxRule(wish: TaxRuleWish, reason: string, now: Instant): Promise<TaxRule> {
  const faults = faultsOf(wish);
  if (faults.length > 0) throw new Refusal(ruleErrors.TAX_RULE_INVALID, {}, faults);
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
