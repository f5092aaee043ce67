import * as z from 'zod';
import { groupScope, groupView, toGroupView } from '#lib/groups/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';
import { billingMonthOf } from '#lib/shared/time.ts';

export const handler = operation({
  name: 'get-group',
  summary: 'A group with its account information masked, its plan, budget and usage state.',
  rules: 'CUS-011 to CUS-013, CUS-218',
  route: 'GET /v1/groups/{groupId}',
  actors: ['member', 'operator', 'group'],
  permission: 'group.manage',
  scope: groupScope,
  path: z.object({ groupId: idParam }),
  response: groupView,
  errors: [],
  run: async ({ resource, now }) => toGroupView(resource, billingMonthOf(now)),
});
