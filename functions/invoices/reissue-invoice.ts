import * as z from 'zod';
import { billedPartners, correctionErrors, reasonField } from '#lib/billing/index.ts';
import {
  entityErrors,
  invoiceErrors,
  invoiceScope,
  invoiceView,
  reissueInvoice,
  toInvoiceView,
} from '#lib/invoices/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'reissue-invoice',
  summary:
    'Another invoice for the bill of a returned one, from the invoice information of now; they and the credit note name each other.',
  rules: 'FIN-117, FIN-118',
  route: 'POST /v1/invoices/{invoiceNo}/reissue',
  actors: ['member', 'operator'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  scope: invoiceScope,
  path: z.object({ invoiceNo: idParam }),
  body: z.object({ reason: reasonField }),
  response: invoiceView,
  status: 202,
  errors: [
    correctionErrors.BILL_VOIDED,
    invoiceErrors.INVOICE_NOT_READY,
    invoiceErrors.ALREADY_REISSUED,
    invoiceErrors.NOTHING_TO_INVOICE,
    entityErrors.ISSUING_ENTITY_MISSING,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ resource, body, now }) => toInvoiceView(await reissueInvoice(resource, body.reason, now)),
});
