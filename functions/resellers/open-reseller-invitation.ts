import * as z from 'zod';
import { openedView, openInvitation, resellerErrors, toOpenedView } from '#lib/resellers/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'open-reseller-invitation',
  summary: 'Where the link of a reseller invitation leads; opening it changes nothing.',
  rules: 'DEV-117, DEV-118',
  route: 'GET /v1/reseller-invitations/{token}',
  actors: 'anyone',
  path: z.object({ token: z.string().max(100) }),
  response: openedView,
  errors: [
    resellerErrors.RESELLER_INVITATION_NOT_FOUND,
    resellerErrors.INVITATION_EXPIRED,
    resellerErrors.INVITATION_USED,
  ],
  run: async ({ path, now }) => {
    const { invitation, distributor } = await openInvitation(path.token, now);
    return toOpenedView(invitation, distributor, now);
  },
});
