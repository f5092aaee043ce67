import * as z from 'zod';
import {
  DEVELOPMENT_GRANT,
  invitationResults,
  resendInvitations,
  toInvitationResults,
} from '#lib/customer-development/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'resend-invitations',
  summary: 'Mails 1 to 100 invited customers a new link that replaces the one before; each succeeds or fails alone.',
  rules: 'DEV-22, DEV-63, DEV-65 to DEV-68, DEV-200',
  route: 'POST /v1/invitations/resend',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  body: z.object({
    invitationIds: z.array(idParam).min(1).max(100).meta({ description: 'Duplicates count once' }),
  }),
  response: invitationResults,
  timeoutSeconds: 29,
  errors: [],
  run: async ({ body: { invitationIds }, member, standing, now }) =>
    toInvitationResults(await resendInvitations(invitationIds, { member, standing }, now), now),
});
