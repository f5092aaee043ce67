import * as z from 'zod';
import { controlErrors } from '#lib/customers/index.ts';
import { assignAccounts, assignedView, ownGroupScope, toAssignedView } from '#lib/groups/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'assign-to-group',
  summary: 'Puts 1 to 100 ungrouped accounts into a group; each succeeds or fails alone.',
  rules: 'CUS-220 to CUS-222, CUS-224 to CUS-226',
  route: 'POST /v1/groups/{groupId}/accounts',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: ownGroupScope,
  path: z.object({ groupId: idParam }),
  body: z.object({
    accountIds: z
      .array(idParam)
      .meta({ description: 'Customers, or partners in a partner group; duplicates count once' }),
  }),
  response: assignedView,
  timeoutSeconds: 29,
  errors: [controlErrors.BATCH_SIZE],
  run: async ({ actor, resource, body, now }) =>
    toAssignedView(await assignAccounts(actor, resource, body.accountIds, now)),
});
