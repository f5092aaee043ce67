import * as z from 'zod';
import { resendInvitations, resentView, toResentView } from '#lib/resellers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'resend-reseller-invitations',
  summary: 'Sends 1 to 100 invitations again, each with a new link for 7 days; each succeeds or fails alone.',
  rules: 'DEV-117, DEV-56, ONB-133',
  route: 'POST /v1/reseller-invitations/resend',
  actors: ['member'],
  permission: 'reseller.manage',
  partnerTypes: { types: ['distributor'], error: sharedErrors.PARTNER_NOT_ENABLED },
  body: z.object({
    invitationIds: z.array(idParam).min(1).max(100).meta({ description: '1 to 100; duplicates count once' }),
  }),
  response: resentView,
  timeoutSeconds: 29,
  errors: [sharedErrors.PARTNER_INACTIVE],
  run: async ({ body, member, standing, now }) =>
    toResentView(await resendInvitations({ member, standing }, body.invitationIds, now), now),
});
