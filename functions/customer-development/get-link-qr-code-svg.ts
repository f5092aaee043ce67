import * as z from 'zod';
import { DEVELOPMENT_GRANT, linkErrors, linkScope, qrCodeAsSvg } from '#lib/customer-development/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-link-qr-code-svg',
  summary: 'The QR code of a link as an SVG; it holds the same URL.',
  rules: 'DEV-22, DEV-69, DEV-75',
  route: 'GET /v1/invitation-links/{linkId}/qr-code.svg',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  scope: linkScope,
  path: z.object({ linkId: idParam }),
  response: z.string().meta({ contentMediaType: 'image/svg+xml' }),
  errors: [linkErrors.INVITATION_LINK_NOT_FOUND],
  run: ({ resource }) => qrCodeAsSvg(resource),
});
