import * as z from 'zod';
import { memberScope, memberView, modifyMember, organizationErrors, toMemberView } from '#lib/organization/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam, versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { SYSTEM_ROLES } from '#lib/shared/permissions.ts';

export const handler = operation({
  name: 'modify-member',
  summary: 'Changes roles, status or director of a member, in force with its next request.',
  rules: 'ORG-03 to ORG-05, ORG-09, ORG-10',
  route: 'PATCH /v1/members/{memberId}',
  actors: ['operator', 'member'],
  permission: 'member.manage',
  scope: memberScope,
  path: z.object({ memberId: idParam }),
  body: z.object({
    roles: z.array(z.enum(SYSTEM_ROLES)).max(8).optional(),
    status: z.enum(['normal', 'locked']).optional(),
    directorId: z.string().nullable().optional(),
    expectedVersion: versionField,
  }),
  response: memberView,
  errors: [
    sharedErrors.VERSION_CONFLICT,
    organizationErrors.ROLE_COUNT,
    organizationErrors.ROLE_CONFLICT,
    organizationErrors.DIRECTOR_INVALID,
  ],
  run: async ({ actor, resource, body, now }) => toMemberView(await modifyMember(actor, resource, body, now)),
});
