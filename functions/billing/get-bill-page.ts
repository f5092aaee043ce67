import * as z from 'zod';
import { billedPartners, billingErrors, billPageAnswer, billScope, PAGE_LANGUAGES } from '#lib/billing/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-bill-page',
  summary: 'An issued bill as a page to read and print, with products, customers and a chart of twelve months.',
  rules: 'FIN-01, FIN-44, FIN-50, FIN-145 to FIN-150, FIN-159',
  route: 'GET /v1/bills/{billId}/page',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  scope: billScope,
  path: z.object({ billId: idParam }),
  query: z.object({ language: z.enum(PAGE_LANGUAGES).optional().meta({ description: "The partner's, if not given" }) }),
  response: z.string().meta({ contentMediaType: 'text/html' }),
  errors: [billingErrors.BILL_NOT_ISSUED],
  run: ({ resource, query: { language } }) => billPageAnswer(resource, language),
});
