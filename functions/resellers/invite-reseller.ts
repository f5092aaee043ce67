import * as z from 'zod';
import { accountErrors } from '#lib/accounts/index.ts';
import { invitationView, inviteReseller, resellerErrors, toInvitationView } from '#lib/resellers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { emailField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'invite-reseller',
  summary: 'Invites the company behind an e-mail address to become a reseller; the link lives 7 days.',
  rules: 'DEV-114 to DEV-117, ONB-131 to ONB-133',
  route: 'POST /v1/reseller-invitations',
  actors: ['member'],
  permission: 'reseller.manage',
  partnerTypes: { types: ['distributor'], error: sharedErrors.PARTNER_NOT_ENABLED },
  body: z.object({ email: z.string().trim().pipe(emailField) }),
  response: invitationView,
  status: 201,
  errors: [
    sharedErrors.PARTNER_INACTIVE,
    resellerErrors.ALREADY_RESELLER,
    resellerErrors.REGION_NOT_AUTHORIZED,
    accountErrors.PLATFORM_UNAVAILABLE,
  ],
  run: async ({ body, member, standing, now }) =>
    toInvitationView(await inviteReseller({ member, standing }, body.email, now), now),
});
