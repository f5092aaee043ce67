import * as z from 'zod';
import { groupErrors, groupView, ownGroupScope, removePlan, toGroupView } from '#lib/groups/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'remove-service-plan',
  summary: 'From this month on nothing is expected of the group; usage is still summed.',
  rules: 'CUS-233, CUS-238',
  route: 'DELETE /v1/groups/{groupId}/service-plan',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: ownGroupScope,
  path: z.object({ groupId: idParam }),
  response: groupView,
  errors: [groupErrors.PLAN_NOT_SET],
  run: async ({ resource, now }) => toGroupView(await removePlan(resource, now), billingMonthOf(now)),
});
