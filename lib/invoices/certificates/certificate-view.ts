import * as z from 'zod';
import { paymentText } from '#lib/billing/index.ts';
import { attachmentUrl } from '#lib/shared/attachments.ts';
import { exactText } from '#lib/shared/money.ts';
import { CERTIFICATE_STATUSES, type WithholdingCertificate } from './certificate.ts';

export const certificateView = z.object({
  certificateId: z.string(),
  partnerId: z.string(),
  invoiceNo: z.string(),
  billId: z.string(),
  amount: z.string(),
  currency: z.string(),
  rate: z.string(),
  status: z.enum(CERTIFICATE_STATUSES),
  reason: z.string().nullable(),
  createdAt: z.string(),
  reviewedAt: z.string().nullable(),
  fileUrl: z.string().meta({ description: 'Lives 10 minutes' }),
});

export const toCertificateView = async (
  certificate: WithholdingCertificate,
): Promise<z.input<typeof certificateView>> => ({
  certificateId: certificate.certificateId,
  partnerId: certificate.partnerId,
  invoiceNo: certificate.invoiceNo,
  billId: certificate.billId,
  amount: paymentText(certificate.amount, certificate.currency),
  currency: certificate.currency,
  rate: exactText(certificate.rate),
  status: certificate.status,
  reason: certificate.reason ?? null,
  createdAt: certificate.createdAt,
  reviewedAt: certificate.reviewedAt ?? null,
  fileUrl: await attachmentUrl(certificate.file, certificate.certificateId),
});
