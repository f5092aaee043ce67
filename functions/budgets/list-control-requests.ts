import * as z from 'zod';
import {
  CONTROL_REQUEST_STATUSES,
  controlRequestView,
  listControlRequests,
  toControlRequestView,
} from '#lib/budgets/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-control-requests',
  summary: "Requests of a distributor's resellers, or a reseller's own, newest first; a page may be short.",
  rules: 'CUS-176, CUS-177, ORG-13 to ORG-18',
  route: 'GET /v1/control-requests',
  actors: ['member'],
  permission: 'customer.view',
  partnerTypes: { types: ['distributor', 'reseller'], error: sharedErrors.PARTNER_NOT_ENABLED },
  query: z.object({ ...pageQuery, status: z.enum(CONTROL_REQUEST_STATUSES).optional() }),
  response: z.object({ items: z.array(controlRequestView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor, status }, member, standing }) => {
    const list = `list-control-requests:${member.id}:${status ?? ''}`;
    const wish = { status, limit, startKey: fromCursor(cursor, list) };
    const page = await listControlRequests(member, standing.type, wish);
    return { items: page.requests.map(toControlRequestView), nextCursor: toCursor(page.nextKey, list) };
  },
});
