import * as z from 'zod';
import { listResellers, resellerView, toResellerView } from '#lib/resellers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

export const handler = operation({
  name: 'list-resellers',
  summary: "The distributor's resellers and what it lets them do, newest first; a page may be short while more follow.",
  rules: 'DEV-125, DEV-132',
  route: 'GET /v1/resellers',
  actors: ['member'],
  permission: 'reseller.view',
  partnerTypes: { types: ['distributor'], error: sharedErrors.PARTNER_NOT_ENABLED },
  query: z.object({
    ...pageQuery,
    name: z.string().max(200).optional().meta({ description: 'Part of the company name' }),
    budgetFreezeAuthorized: flag.optional(),
    onBehalfAuthorized: flag.optional(),
  }),
  response: z.object({ items: z.array(resellerView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor, ...filter }, member: { partnerId } }) => {
    const list = `list-resellers:${partnerId}:${JSON.stringify(filter)}`;
    const page = await listResellers(partnerId, filter, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.resellers.map(toResellerView), nextCursor: toCursor(page.nextKey, list) };
  },
});
