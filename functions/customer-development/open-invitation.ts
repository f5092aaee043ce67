import * as z from 'zod';
import { associationErrors, offerView, openInvitation, tokenParam } from '#lib/customer-development/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'open-invitation',
  summary: 'What an invitation link offers: partner, association type, what is to be accepted and the ways in.',
  rules: 'DEV-80, DEV-81, DEV-85, DEV-88',
  route: 'GET /v1/invitations/{token}',
  actors: 'anyone',
  path: z.object({ token: tokenParam }),
  response: offerView,
  errors: [associationErrors.LINK_NOT_FOUND, associationErrors.LINK_EXPIRED, associationErrors.LINK_USED],
  run: ({ path, now }) => openInvitation(path.token, now),
});
