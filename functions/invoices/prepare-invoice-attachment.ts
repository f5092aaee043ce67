import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { requestUpload } from '#lib/shared/attachments.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'prepare-invoice-attachment',
  summary:
    'Answers where to upload what comes with a ticket or a certificate (PUT, within an hour): PDF, PNG or JPEG, at most 10 MB.',
  rules: 'FIN-116, FIN-117, FIN-124',
  route: 'POST /v1/invoice-attachments',
  actors: ['member'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  response: z.object({ attachmentId: z.string(), uploadUrl: z.string() }),
  status: 201,
  errors: [],
  run: async ({ member, now }) => {
    const { uploadId, uploadUrl } = await requestUpload(member.partnerId, now);
    return { attachmentId: uploadId, uploadUrl };
  },
});
