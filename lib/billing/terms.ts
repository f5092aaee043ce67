import { hasCoupons } from '#lib/coupons/index.ts';
import { loadPartner, paymentCurrencyOf } from '#lib/partners/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Terms } from './bill.ts';
import { bookVersion } from './book.ts';
import { CannotBill } from './cannot-bill.ts';
import { lastInstantOf } from './cycle.ts';
import { discountsKey } from './discount-store.ts';
import type { PartnerRun } from './run.ts';
import { taxRuleAt } from './tax-rule.ts';
import { listTaxRulesOf } from './tax-rule-store.ts';
import { withholdingTerms } from './withholding.ts';

/** What a bill of the partner would be settled by now. @throws CannotBill TAX_RULE_MISSING */
export async function termsOf(
  { cycle, partnerId }: Pick<PartnerRun, 'cycle' | 'partnerId'>,
  now: Instant,
): Promise<Terms> {
  const partner = await loadPartner(partnerId);
  if (!partner) throw new Error(`partner ${partnerId} is gone`);
  const area = partner.registrationArea;
  const rules = await listTaxRulesOf(area.countryRegion);
  const rule = taxRuleAt(rules, area, lastInstantOf(cycle)); // FIN-38, FIN-39
  if (!rule) {
    const place = [area.countryRegion, area.stateProvince].filter(Boolean).join(' ');
    throw new CannotBill('TAX_RULE_MISSING', `no tax rule of ${place} is in force at the end of ${cycle}`);
  }
  return {
    taxRuleId: rule.taxRuleId,
    taxComponents: rule.components,
    withholding: withholdingTerms(rules, area), // FIN-123
    discountVersion: await bookVersion(discountsKey(partnerId)),
    paymentCurrency: paymentCurrencyOf(partner, cycle), // FIN-49
    paymentDays: partner.paymentDays, // FIN-162
    partnerName: partner.companyName,
    partnerAccountName: partner.accountName,
    couponsAsOf: (await hasCoupons(partnerId)) ? now : undefined,
  };
}
