import * as z from 'zod';
import { listTaxRules, taxRuleView, toTaxRuleView } from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-tax-rules',
  summary: 'All tax rules, by area and time.',
  rules: 'FIN-38',
  route: 'GET /v1/tax-rules',
  actors: ['operator'],
  query: z.object(pageQuery),
  response: z.object({ items: z.array(taxRuleView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor } }) => {
    const page = await listTaxRules({ limit, startKey: fromCursor(cursor, 'list-tax-rules') });
    return { items: page.rules.map(toTaxRuleView), nextCursor: toCursor(page.nextKey, 'list-tax-rules') };
  },
});
