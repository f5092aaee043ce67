import * as z from 'zod';
import { resellerScope } from '#lib/budgets/index.ts';
import { loadDetailedPermission, permissionView, toPermissionView } from '#lib/resellers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-reseller-permission',
  summary: 'What a distributor lets a reseller do, and who changed it when; to both sides and to operators.',
  rules: 'DEV-124, DEV-125, DEV-132, DEV-133',
  route: 'GET /v1/resellers/{resellerId}/permission',
  actors: ['member', 'operator'],
  permission: 'reseller.view',
  scope: resellerScope,
  path: z.object({ resellerId: idParam }),
  query: z.object(pageQuery),
  response: permissionView,
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor }, resource }) => {
    const list = `get-reseller-permission:${resource.partnerId}`;
    const permission = await loadDetailedPermission(resource, { limit, startKey: fromCursor(cursor, list) });
    return toPermissionView(permission, toCursor(permission.history.nextKey, list));
  },
});
