import * as z from 'zod';
import { exactText, moneyText, parseMoney } from '#lib/shared/money.ts';
import type { TaxComponent } from './tax.ts';
import type { TaxRule } from './tax-rule.ts';

const code = z.string().min(1).max(16).meta({ description: 'VAT, CGST, SGST, IGST or another' });

export const taxComponentInput = z.object({ code, rate: moneyText.transform(parseMoney) });
export const taxComponentView = z.object({ code, rate: z.string() });

export const taxRuleView = z.object({
  taxRuleId: z.string(),
  countryRegion: z.string(),
  stateProvince: z.string().nullable(),
  components: z.array(taxComponentView).meta({ description: 'None: no tax' }),
  effectiveFrom: z.string(),
  effectiveTo: z.string().nullable(),
});

export const toTaxComponentViews = (components: readonly TaxComponent[]): z.input<typeof taxComponentView>[] =>
  components.map(({ code, rate }) => ({ code, rate: exactText(rate) }));

export const toTaxRuleView = (rule: TaxRule): z.input<typeof taxRuleView> => ({
  taxRuleId: rule.taxRuleId,
  countryRegion: rule.countryRegion,
  stateProvince: rule.stateProvince ?? null,
  components: toTaxComponentViews(rule.components),
  effectiveFrom: rule.effectiveFrom,
  effectiveTo: rule.effectiveTo ?? null,
});
