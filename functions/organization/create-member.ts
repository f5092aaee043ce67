import * as z from 'zod';
import { createMember, memberView, organizationErrors, toMemberView } from '#lib/organization/index.ts';
import { ownPartnerScope } from '#lib/partners/index.ts';
import { emailField, idParam, nameField, phoneField, subjectField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { SYSTEM_ROLES } from '#lib/shared/permissions.ts';

/** ORG-01 to ORG-05, ORG-09. */
export const handler = operation({
  name: 'create-member',
  summary: 'Creates a member of a partner with one to three roles.',
  rules: 'ORG-01 to ORG-05, ORG-09, ORG-12',
  route: 'POST /v1/partners/{partnerId}/members',
  actors: ['operator', 'member'],
  permission: 'member.manage',
  scope: ownPartnerScope,
  path: z.object({ partnerId: idParam }),
  body: z.object({
    subject: subjectField,
    username: z.string().regex(/^[A-Za-z0-9_-]{5,32}$/, 'must be 5 to 32 letters, digits, _ or -'),
    name: nameField,
    email: emailField,
    mobileNumber: phoneField.optional(),
    roles: z.array(z.enum(SYSTEM_ROLES)).max(8),
    directorId: z.string().optional(),
  }),
  response: memberView,
  status: 201,
  errors: [
    organizationErrors.ROLE_COUNT,
    organizationErrors.ROLE_CONFLICT,
    organizationErrors.DIRECTOR_INVALID,
    organizationErrors.USERNAME_TAKEN,
    organizationErrors.MEMBER_EMAIL_TAKEN,
    organizationErrors.MEMBER_SUBJECT_TAKEN,
  ],
  run: async ({ actor, resource, body, now }) => toMemberView(await createMember(actor, resource.partnerId, body, now)),
});
