import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { claimScope } from '#lib/repayments/index.ts';
import { attachmentUrl } from '#lib/shared/attachments.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-transfer-certificate',
  summary: 'A link, for ten minutes, to the proof that came with a claim.',
  rules: 'FIN-80',
  route: 'GET /v1/transfer-claims/{claimId}/certificate',
  actors: ['member', 'operator'],
  permission: 'bill.repay',
  partnerTypes: billedPartners,
  scope: claimScope,
  path: z.object({ claimId: idParam }),
  response: z.object({ downloadUrl: z.string() }),
  errors: [],
  run: async ({ resource: { certificate, claimId } }) => ({
    downloadUrl: await attachmentUrl(certificate, claimId),
  }),
});
