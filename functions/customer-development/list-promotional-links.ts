import * as z from 'zod';
import { DEVELOPMENT_GRANT, linkView, listPromotionalLinks, toLinkView } from '#lib/customer-development/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-promotional-links',
  summary: "The caller's links of the campaigns that run now; none without a campaign.",
  rules: 'DEV-22, DEV-69, DEV-77',
  route: 'GET /v1/invitation-links/promotional',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  query: z.object(pageQuery),
  response: z.object({ items: z.array(linkView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ member, standing, query: { limit, cursor }, now }) => {
    const list = `list-promotional-links:${member.id}`;
    const page = await listPromotionalLinks({ member, standing }, { limit, startKey: fromCursor(cursor, list) }, now);
    return { items: page.links.map(toLinkView), nextCursor: toCursor(page.nextKey, list) };
  },
});
