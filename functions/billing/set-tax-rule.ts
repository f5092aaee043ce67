import * as z from 'zod';
import {
  reasonField,
  ruleErrors,
  setTaxRule,
  taxComponentInput,
  taxRuleView,
  toTaxRuleView,
  withholdingInput,
} from '#lib/billing/index.ts';
import { countryField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { instant, instantText } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'set-tax-rule',
  summary: 'Keeps the tax of a registration area from a time on; a rule without end before it ends there.',
  rules: 'FIN-38, FIN-39, FIN-119, FIN-121, FIN-122',
  route: 'POST /v1/tax-rules',
  actors: ['operator'],
  body: z.object({
    countryRegion: countryField,
    stateProvince: z.string().min(1).max(64).optional(),
    components: z.array(taxComponentInput).max(10).meta({ description: 'None: no tax' }),
    withholding: withholdingInput.optional().meta({ description: 'None when left out' }),
    effectiveFrom: instantText.transform(instant),
    effectiveTo: instantText.transform(instant).optional(),
    reason: reasonField,
  }),
  response: taxRuleView,
  status: 201,
  errors: [ruleErrors.TAX_RULE_INVALID, ruleErrors.TAX_RULE_OVERLAP],
  run: async ({ body: { reason, ...wish }, now }) => toTaxRuleView(await setTaxRule(wish, reason, now)),
});
