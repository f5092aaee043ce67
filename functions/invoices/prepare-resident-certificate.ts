import * as z from 'zod';
import { entityScope } from '#lib/invoices/index.ts';
import { requestUpload } from '#lib/shared/attachments.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'prepare-resident-certificate',
  summary:
    'Answers where to upload a tax resident certificate of an issuing entity (PUT, within an hour): PDF, PNG or JPEG, at most 10 MB.',
  rules: 'FIN-120',
  route: 'POST /v1/issuing-entities/{entityId}/resident-certificate-uploads',
  actors: ['operator'],
  scope: entityScope,
  path: z.object({ entityId: idParam }),
  response: z.object({ attachmentId: z.string(), uploadUrl: z.string() }),
  status: 201,
  errors: [],
  run: async ({ resource: { entityId }, now }) => {
    const { uploadId, uploadUrl } = await requestUpload(entityId, now);
    return { attachmentId: uploadId, uploadUrl };
  },
});
