import * as z from 'zod';
import { groupErrors, groupView, ownGroupScope, setGroupStatus, toGroupView } from '#lib/groups/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'deactivate-group',
  summary: 'The account of the group can no longer sign in; the accounts in it stay.',
  rules: 'CUS-046',
  route: 'POST /v1/groups/{groupId}/deactivate',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: ownGroupScope,
  path: z.object({ groupId: idParam }),
  response: groupView,
  errors: [groupErrors.GROUP_STATUS_UNCHANGED],
  run: async ({ path, now }) => toGroupView(await setGroupStatus(path.groupId, 'inactive', now), billingMonthOf(now)),
});
