import * as z from 'zod';
import { reasonField } from '#lib/billing/index.ts';
import { certificateErrors, certificateView, reviewCertificate, toCertificateView } from '#lib/invoices/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'review-withholding-certificate',
  summary: 'Accepts or rejects a withholding certificate: its part of the bill is cleared, or open again.',
  rules: 'FIN-125, FIN-126',
  route: 'POST /v1/withholding-certificates/{certificateId}/decision',
  actors: ['operator'],
  path: z.object({ certificateId: idParam }),
  body: z.object({ accepted: z.boolean(), reason: reasonField }),
  response: certificateView,
  errors: [
    certificateErrors.CERTIFICATE_NOT_FOUND,
    certificateErrors.CERTIFICATE_CLOSED,
    sharedErrors.CONCURRENT_CHANGE,
  ],
  run: async ({ path, body, now }) => toCertificateView(await reviewCertificate(path.certificateId, body, now)),
});
