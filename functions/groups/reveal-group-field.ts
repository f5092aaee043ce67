import * as z from 'zod';
import { groupScope, REVEALABLE_GROUP_FIELDS, revealGroupField } from '#lib/groups/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'reveal-group-field',
  summary: "One masked field of a group's account information in clear; leaves a trace.",
  rules: 'CUS-049, ORG-182',
  route: 'POST /v1/groups/{groupId}/reveal-field',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: groupScope,
  path: z.object({ groupId: idParam }),
  body: z.object({ field: z.enum(REVEALABLE_GROUP_FIELDS) }),
  response: z.object({ groupId: z.string(), field: z.string(), value: z.string() }),
  errors: [],
  run: async ({ resource, body }) => revealGroupField(resource, body.field),
});
