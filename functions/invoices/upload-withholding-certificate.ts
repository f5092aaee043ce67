import * as z from 'zod';
import { billedPartners, correctionErrors } from '#lib/billing/index.ts';
import {
  certificateErrors,
  certificateView,
  invoiceErrors,
  invoiceScope,
  toCertificateView,
  uploadCertificate,
} from '#lib/invoices/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'upload-withholding-certificate',
  summary:
    'Hands in the certificate of tax that was withheld from an invoice; its part of the bill waits for the review.',
  rules: 'FIN-119, FIN-121, FIN-124, FIN-125, FIN-126',
  route: 'POST /v1/invoices/{invoiceNo}/withholding-certificates',
  actors: ['member'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  scope: invoiceScope,
  path: z.object({ invoiceNo: idParam }),
  body: z.object({
    amount: moneyText.transform(parseMoney),
    rate: moneyText.transform(parseMoney).meta({ description: 'As on the certificate, 0.1 for 10 %' }),
    attachmentId: idParam.optional(),
  }),
  response: certificateView,
  status: 201,
  errors: [
    correctionErrors.BILL_VOIDED,
    invoiceErrors.INVOICE_NOT_READY,
    certificateErrors.CERTIFICATE_NOT_EXPECTED,
    certificateErrors.CERTIFICATE_AMOUNT_INVALID,
    invoiceErrors.ATTACHMENT_REQUIRED,
    invoiceErrors.ATTACHMENT_INVALID,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ resource, body, now }) => toCertificateView(await uploadCertificate(resource, body, now)),
});
