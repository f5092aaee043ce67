import * as z from 'zod';
import { GROUP_KINDS, parentOf, readTree, toTreeView, treeView } from '#lib/groups/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-account-tree',
  summary: 'What stands directly under the parent: its groups, then the accounts in none; a page may be short.',
  rules: 'CUS-011 to CUS-013, CUS-230, CUS-232',
  route: 'GET /v1/account-tree',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  query: z.object({
    ...pageQuery,
    kind: z
      .enum(GROUP_KINDS)
      .optional()
      .meta({ description: 'Customers, or partners under the platform, when not given' }),
    partnerId: idParam.optional().meta({ description: 'For operators; the platform when not given' }),
  }),
  response: treeView,
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, now, query: { limit, cursor, partnerId, kind: wanted } }) => {
    const kind = wanted ?? (actor.kind === 'operator' && partnerId === undefined ? 'partner' : 'customer');
    const parent = await parentOf(actor, kind, partnerId);
    const list = `get-account-tree:${actor.id}:${parent.parentId}:${kind}`;
    const tree = await readTree(actor, parent, kind, { limit, at: fromCursor(cursor, list) });
    return { ...toTreeView(parent, kind, tree, now), nextCursor: toCursor(tree.next, list) };
  },
});
