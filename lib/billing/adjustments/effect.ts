import type { PostedCharge } from '#lib/expenditures/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { add, type Money, ZERO } from '#lib/shared/money.ts';
import { indexDiscounts } from '../basis.ts';
import { lastInstantOf, regimeOf } from '../cycle.ts';
import { loadEstimate } from '../estimate-store.ts';
import { amountsOf, type LineAmounts } from '../line.ts';
import { settle } from '../settlement.ts';
import { taxRuleAt } from '../tax-rule.ts';
import { listTaxRulesOf } from '../tax-rule-store.ts';
import { settlementsOf } from '../totals.ts';

/** What an adjustment comes to on its bill, as far as the rules of today say. */
export interface Effect {
  readonly settlementAmount: Money;
  /** With the tax rule that is in force at the end of the cycle; none is known to be missing now. */
  readonly amounts?: LineAmounts;
  /** The bill estimate of the last refresh, and with this (FIN-66). */
  readonly estimateBefore: Money;
  readonly estimateAfter: Money;
}

/** Settled and taxed by the functions of the bill. */
export async function effectOf({ record }: Pick<PostedCharge, 'record'>): Promise<Effect> {
  const { partnerId, billingCycle: cycle } = record;
  const [estimate, partner] = await Promise.all([loadEstimate({ partnerId, cycle }), loadPartner(partnerId)]);
  const rules = partner ? await listTaxRulesOf(partner.registrationArea.countryRegion) : [];
  const rule = partner && taxRuleAt(rules, partner.registrationArea, lastInstantOf(cycle));
  const discounts = indexDiscounts([], 0); // FIN-34: whichever there are, none applies
  const settlement = settle(record, { discounts, regime: regimeOf(cycle), originals: new Map() });
  const before = estimate ? settlementsOf(estimate.sums) : ZERO;
  return {
    settlementAmount: settlement.amount,
    amounts: rule && amountsOf(settlement.amount, rule.components),
    estimateBefore: before,
    estimateAfter: add(before, settlement.amount),
  };
}
