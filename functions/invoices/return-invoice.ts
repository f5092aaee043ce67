import * as z from 'zod';
import { billedPartners, reasonField } from '#lib/billing/index.ts';
import { invoiceErrors, invoiceScope, returnInvoice, ticketView, toTicketView } from '#lib/invoices/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'return-invoice',
  summary: 'A ticket to give an invoice back, with a picture or scan of the original.',
  rules: 'FIN-117',
  route: 'POST /v1/invoices/{invoiceNo}/return',
  actors: ['member'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  scope: invoiceScope,
  path: z.object({ invoiceNo: idParam }),
  body: z.object({ reason: reasonField, attachmentId: idParam.optional() }),
  response: ticketView,
  status: 201,
  errors: [
    invoiceErrors.ALREADY_RETURNED,
    invoiceErrors.INVOICE_NOT_READY,
    invoiceErrors.ATTACHMENT_REQUIRED,
    invoiceErrors.ATTACHMENT_INVALID,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ resource, body, now }) => toTicketView(await returnInvoice(resource, body, now)),
});
