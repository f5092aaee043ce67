import * as z from 'zod';
import { reasonField } from '#lib/billing/index.ts';
import { invoiceErrors, invoiceScope, invoiceView, retryInvoice, toInvoiceView } from '#lib/invoices/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'retry-invoice',
  summary: 'Has the files of an invoice made again that could not be made.',
  rules: 'FIN-110',
  route: 'POST /v1/invoices/{invoiceNo}/retry',
  actors: ['operator'],
  scope: invoiceScope,
  path: z.object({ invoiceNo: idParam }),
  body: z.object({ reason: reasonField }),
  response: invoiceView,
  status: 202,
  errors: [invoiceErrors.INVOICE_NOT_READY, sharedErrors.CONCURRENT_CHANGE],
  run: async ({ resource, body, now }) => toInvoiceView(await retryInvoice(resource, body.reason, now)),
});
