import * as z from 'zod';
import {
  DEVELOPMENT_GRANT,
  invitationErrors,
  REVEALABLE_INVITATION_FIELDS,
  revealInvitationField,
} from '#lib/customer-development/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'reveal-invitation-field',
  summary: 'One masked column of a page of invited customers in clear; leaves a trace.',
  rules: 'DEV-22, DEV-189, DEV-190',
  route: 'POST /v1/invitations/reveal-field',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  body: z.object({
    invitationIds: z.array(idParam).min(1).max(100),
    field: z.enum(REVEALABLE_INVITATION_FIELDS),
  }),
  response: z.object({
    field: z.string(),
    items: z.array(z.object({ invitationId: z.string(), value: z.string().nullable() })),
  }),
  errors: [invitationErrors.INVITATION_NOT_FOUND],
  run: async ({ member, body: { invitationIds, field } }) => ({
    field,
    items: await revealInvitationField(member, invitationIds, field),
  }),
});
