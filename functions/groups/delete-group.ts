import * as z from 'zod';
import { deleteGroup, groupErrors, ownGroupScope } from '#lib/groups/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'delete-group',
  summary: 'An empty group goes, and with it the sign-in of its account.',
  rules: 'CUS-223',
  route: 'DELETE /v1/groups/{groupId}',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: ownGroupScope,
  path: z.object({ groupId: idParam }),
  response: z.object({}),
  status: 204,
  errors: [groupErrors.GROUP_NOT_EMPTY],
  run: async ({ path, now }) => deleteGroup(path.groupId, now),
});
