import * as z from 'zod';
import { memberView, toMemberView } from '#lib/organization/index.ts';
import { ownPartnerScope } from '#lib/partners/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { listMembers } from '#lib/shared/identities.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-members',
  summary: 'Members of a partner, newest first, personal fields masked.',
  rules: 'ORG-182',
  route: 'GET /v1/partners/{partnerId}/members',
  actors: ['operator', 'member'],
  permission: 'member.view',
  scope: ownPartnerScope,
  path: z.object({ partnerId: idParam }),
  query: z.object(pageQuery),
  response: z.object({ items: z.array(memberView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ resource, query: { limit, cursor } }) => {
    const list = `list-members:${resource.partnerId}`;
    const page = await listMembers(resource.partnerId, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.members.map(toMemberView), nextCursor: toCursor(page.nextKey, list) };
  },
});
