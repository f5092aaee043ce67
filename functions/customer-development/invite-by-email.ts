import * as z from 'zod';
import {
  associationTypeField,
  checkAssociationType,
  DEVELOPMENT_GRANT,
  invitationResults,
  inviteByEmail,
  leadErrors,
  toInvitationResults,
} from '#lib/customer-development/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'invite-by-email',
  summary: 'Mails 1 to 100 validly pre-registered customers a link that lives 7 days; each succeeds or fails alone.',
  rules: 'DEV-10, DEV-22, DEV-54 to DEV-64, DEV-200',
  route: 'POST /v1/invitations',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  body: z.object({
    leadIds: z.array(idParam).min(1).max(100).meta({ description: 'Duplicates count once' }),
    associationType: associationTypeField.default('reseller'),
  }),
  response: invitationResults,
  timeoutSeconds: 29,
  errors: [leadErrors.ASSOCIATION_TYPE_NOT_ALLOWED, leadErrors.PREPAID_PARTNER],
  check: ({ body, standing }) => checkAssociationType(standing, body.associationType),
  run: async ({ body: { leadIds, associationType }, member, standing, now }) =>
    toInvitationResults(await inviteByEmail(leadIds, associationType, { member, standing }, now), now),
});
