import * as z from 'zod';
import { billedPartners } from '#lib/billing/index.ts';
import { requestUpload } from '#lib/shared/attachments.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'prepare-transfer-certificate',
  summary: 'Answers where to upload the proof of a transfer (PUT, within an hour): PDF, PNG or JPEG, at most 10 MB.',
  rules: 'FIN-80',
  route: 'POST /v1/transfer-certificates',
  actors: ['member'],
  permission: 'bill.repay',
  partnerTypes: billedPartners,
  response: z.object({ certificateId: z.string(), uploadUrl: z.string() }),
  status: 201,
  errors: [],
  run: async ({ member, now }) => {
    const { uploadId, uploadUrl } = await requestUpload(member.partnerId, now);
    return { certificateId: uploadId, uploadUrl };
  },
});
