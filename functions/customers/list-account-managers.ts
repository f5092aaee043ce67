import * as z from 'zod';
import { listManagers, managerView, toManagerView } from '#lib/customers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-account-managers',
  summary: "The partner's account managers and directors with their number of customers; a page may be short.",
  rules: 'CUS-007, CUS-192',
  route: 'GET /v1/account-managers',
  actors: ['member'],
  permission: 'customer.assign',
  query: z.object(pageQuery),
  response: z.object({
    items: z.array(managerView),
    memberManagement: z.string().meta({ description: 'Where members are made account managers, if there is none yet' }),
    nextCursor: z.string().optional(),
  }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ member, query: { limit, cursor } }) => {
    const list = `list-account-managers:${member.id}`;
    const page = await listManagers(member, { limit, startKey: fromCursor(cursor, list) });
    return {
      items: page.managers.map(toManagerView),
      memberManagement: `/v1/partners/${member.partnerId}/members`,
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
