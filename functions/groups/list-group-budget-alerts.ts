import * as z from 'zod';
import { groupAlertView, groupScope, listGroupAlerts, toGroupAlertView } from '#lib/groups/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-group-budget-alerts',
  summary:
    'Thresholds that the usage of the group reached of its budget, newest month first; one per threshold and month.',
  rules: 'CUS-105, CUS-120, CUS-244',
  route: 'GET /v1/groups/{groupId}/budget-alerts',
  actors: ['member', 'operator'],
  permission: 'group.manage',
  scope: groupScope,
  path: z.object({ groupId: idParam }),
  query: z.object(pageQuery),
  response: z.object({ items: z.array(groupAlertView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ resource, query: { limit, cursor } }) => {
    const list = `list-group-budget-alerts:${resource.groupId}`;
    const page = await listGroupAlerts(resource.groupId, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.alerts.map(toGroupAlertView), nextCursor: toCursor(page.nextKey, list) };
  },
});
