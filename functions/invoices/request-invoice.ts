import * as z from 'zod';
import { billedPartners, billingErrors, correctionErrors, cycleField, reasonField } from '#lib/billing/index.ts';
import { invoiceErrors, requestInvoice, ticketView, toTicketView } from '#lib/invoices/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'request-invoice',
  summary: 'A ticket for an invoice that is missing, with the expenditure bill attached.',
  rules: 'FIN-116, FIN-178',
  route: 'POST /v1/invoice-requests',
  actors: ['member'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  body: z.object({ period: cycleField, reason: reasonField, attachmentId: idParam.optional() }),
  response: ticketView,
  status: 201,
  errors: [
    billingErrors.BILL_NOT_FOUND,
    correctionErrors.BILL_VOIDED,
    invoiceErrors.NOTHING_TO_INVOICE,
    invoiceErrors.INVOICE_EXISTS,
    invoiceErrors.ATTACHMENT_REQUIRED,
    invoiceErrors.ATTACHMENT_INVALID,
  ],
  run: async ({ member, body: { period, ...wish }, now }) =>
    toTicketView(await requestInvoice(member.partnerId, period, wish, now)),
});
