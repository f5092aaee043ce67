import * as z from 'zod';
import { DEVELOPMENT_GRANT, linkErrors, linkScope, qrCodeAsPng } from '#lib/customer-development/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-link-qr-code-png',
  summary: 'The QR code of a link as a PNG of 600 pixels; it holds the same URL.',
  rules: 'DEV-22, DEV-69, DEV-75',
  route: 'GET /v1/invitation-links/{linkId}/qr-code.png',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  scope: linkScope,
  path: z.object({ linkId: idParam }),
  response: z.string().meta({ contentMediaType: 'image/png' }),
  errors: [linkErrors.INVITATION_LINK_NOT_FOUND],
  run: ({ resource }) => qrCodeAsPng(resource),
});
