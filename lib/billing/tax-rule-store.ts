import { type Item, type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { TaxComponent } from './tax.ts';
import type { TaxRule } from './tax-rule.ts';
import type { WithholdingRule } from './withholding.ts';

export const taxRulesKey = (countryRegion: string): string => `TAX-RULES#${countryRegion}`;
const key = ({ countryRegion, stateProvince, effectiveFrom }: TaxRule): Key => ({
  pk: taxRulesKey(countryRegion),
  sk: `RULE#${stateProvince ?? '*'}#${effectiveFrom}`,
});
const listIndex = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;
const LIST = 'TAX-RULES';

export const putTaxRule = (rule: TaxRule): Write => ({
  table: 'billing',
  put: toItem(rule),
  condition: 'attribute_not_exists(pk)',
});

/** A rule without end gets one; any other stays as it is. */
export const putEndedTaxRule = (rule: TaxRule): Write => ({
  table: 'billing',
  put: toItem(rule),
  condition: 'attribute_exists(pk) AND attribute_not_exists(effectiveTo)',
});

/** The rules of a country and its states, of all times. */
export async function listTaxRulesOf(countryRegion: string): Promise<TaxRule[]> {
  const rules: TaxRule[] = [];
  for await (const item of queryAll({
    table: 'billing',
    pk: taxRulesKey(countryRegion),
    sk: { beginsWith: 'RULE#' },
  })) {
    rules.push(toTaxRule(item));
  }
  return rules;
}

/** All rules by area and time. */
export async function listTaxRules(page: {
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}): Promise<{ rules: TaxRule[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({ table: 'billing', ...listIndex, pk: LIST, ...page });
  return { rules: answer.items.map(toTaxRule), nextKey: answer.nextKey };
}

const toItem = (rule: TaxRule): Key & Item => {
  const { pk, sk } = key(rule);
  return { pk, sk, ...rule, listKey: LIST, listSort: `${pk}#${sk}` };
};

function toTaxRule(item: Item): TaxRule {
  const { pk: _pk, sk: _sk, listKey: _listKey, listSort: _listSort, ...rule } = item;
  const withholding = rule.withholding as WithholdingRule | undefined;
  return {
    ...rule,
    components: toTaxComponents(rule.components),
    ...(withholding ? { withholding: { ...withholding, rate: loadMoney(withholding.rate) } } : {}),
  } as unknown as TaxRule;
}

export const toTaxComponents = (stored: unknown): TaxComponent[] =>
  (stored as Item[]).map(({ code, rate }) => ({ code: String(code), rate: loadMoney(rate) }));
