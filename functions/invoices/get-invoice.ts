import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { detailView, invoiceScope, toDetailView } from '#lib/invoices/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-invoice',
  summary: 'An invoice or credit note with links to its files: the document, and the same as UBL 2.1.',
  rules: 'FIN-79, FIN-113',
  route: 'GET /v1/invoices/{invoiceNo}',
  actors: ['member', 'operator'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  scope: invoiceScope,
  path: z.object({ invoiceNo: idParam }),
  response: detailView,
  errors: [],
  run: async ({ resource }) => toDetailView(resource),
});
