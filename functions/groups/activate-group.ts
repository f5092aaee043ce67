import * as z from 'zod';
import { groupErrors, groupView, ownGroupScope, setGroupStatus, toGroupView } from '#lib/groups/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'activate-group',
  summary: 'The account of the group may sign in.',
  rules: 'CUS-045, CUS-219',
  route: 'POST /v1/groups/{groupId}/activate',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: ownGroupScope,
  path: z.object({ groupId: idParam }),
  response: groupView,
  errors: [groupErrors.GROUP_STATUS_UNCHANGED],
  run: async ({ path, now }) => toGroupView(await setGroupStatus(path.groupId, 'active', now), billingMonthOf(now)),
});
