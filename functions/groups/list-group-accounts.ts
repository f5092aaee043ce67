import * as z from 'zod';
import { groupAccountView, groupScope, listGroupAccounts } from '#lib/groups/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-group-accounts',
  summary: 'The accounts in a group that the caller may see; a page may be short while more follow.',
  rules: 'CUS-011 to CUS-013, CUS-230, CUS-232',
  route: 'GET /v1/groups/{groupId}/accounts',
  actors: ['member', 'operator', 'group'],
  permission: 'group.manage',
  scope: groupScope,
  path: z.object({ groupId: idParam }),
  query: z.object(pageQuery),
  response: z.object({ items: z.array(groupAccountView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ actor, resource, query: { limit, cursor } }) => {
    const list = `list-group-accounts:${actor.id}:${resource.groupId}`;
    const page = await listGroupAccounts(actor, resource, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.accounts, nextCursor: toCursor(page.nextKey, list) };
  },
});
