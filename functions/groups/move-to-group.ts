import * as z from 'zod';
import { groupErrors, membershipView, moveToGroup, ownGroupScope, toMembershipView } from '#lib/groups/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'move-to-group',
  summary: 'Takes an account out of its group into this one, in one step.',
  rules: 'CUS-220, CUS-222, CUS-224, CUS-227, CUS-229, CUS-237',
  route: 'POST /v1/groups/{groupId}/accounts/{accountId}/move',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: ownGroupScope,
  path: z.object({ groupId: idParam, accountId: idParam }),
  response: membershipView,
  errors: [
    sharedErrors.CUSTOMER_NOT_FOUND,
    sharedErrors.PARTNER_NOT_FOUND,
    groupErrors.GROUP_KIND_MISMATCH,
    groupErrors.GROUP_PARENT_MISMATCH,
    groupErrors.NOT_GROUPED,
    groupErrors.SAME_GROUP,
    groupErrors.GROUP_FULL,
  ],
  run: async ({ actor, path, now }) => toMembershipView(await moveToGroup(actor, path.accountId, path.groupId, now)),
});
