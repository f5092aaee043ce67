import * as z from 'zod';
import { groupErrors, groupView, ownGroupScope, removeGroupBudget, toGroupView } from '#lib/groups/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'remove-group-budget',
  summary: 'The group has no budget any more.',
  rules: 'CUS-222',
  route: 'DELETE /v1/groups/{groupId}/budget',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: ownGroupScope,
  path: z.object({ groupId: idParam }),
  response: groupView,
  errors: [groupErrors.GROUP_BUDGET_NOT_SET],
  run: async ({ resource, now }) => toGroupView(await removeGroupBudget(resource, now), billingMonthOf(now)),
});
