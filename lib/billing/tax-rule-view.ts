import * as z from 'zod';
import { exactText, moneyText, parseMoney } from '#lib/shared/money.ts';
import type { TaxComponent } from './tax.ts';
import type { TaxRule } from './tax-rule.ts';
import { WHT_DELIVERIES, WHT_MODES } from './withholding.ts';

const code = z.string().min(1).max(16).meta({ description: 'VAT, CGST, SGST, IGST or another' });

export const taxComponentInput = z.object({ code, rate: moneyText.transform(parseMoney) });
/** FIN-119 to FIN-122: `inclusive`, the partner withholds its part of the price and hands in the certificate. */
export const withholdingInput = z.object({
  mode: z.enum(WHT_MODES),
  rate: moneyText.transform(parseMoney),
  delivery: z.enum(WHT_DELIVERIES).optional().meta({ description: 'How the certificate comes, beside its upload' }),
});
export const taxComponentView = z.object({ code, rate: z.string() });

export const taxRuleView = z.object({
  taxRuleId: z.string(),
  countryRegion: z.string(),
  stateProvince: z.string().nullable(),
  components: z.array(taxComponentView).meta({ description: 'None: no tax' }),
  withholding: z
    .object({ mode: z.string(), rate: z.string(), delivery: z.string().nullable() })
    .nullable()
    .meta({ description: 'Withholding tax; null: none' }),
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
  withholding: rule.withholding
    ? {
        mode: rule.withholding.mode,
        rate: exactText(rule.withholding.rate),
        delivery: rule.withholding.delivery ?? null,
      }
    : null,
  effectiveFrom: rule.effectiveFrom,
  effectiveTo: rule.effectiveTo ?? null,
});
