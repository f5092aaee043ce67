import * as z from 'zod';
import { partnerScope } from '#lib/partners/index.ts';
import { breachView, listBreaches, toBreachView } from '#lib/resellers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-breaches',
  summary: "A partner's recorded breaches and what was done about them, newest first.",
  rules: 'DEV-141',
  route: 'GET /v1/partners/{partnerId}/breaches',
  actors: ['operator'],
  scope: partnerScope,
  path: z.object({ partnerId: idParam }),
  query: z.object(pageQuery),
  response: z.object({ items: z.array(breachView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ path: { partnerId }, query: { limit, cursor } }) => {
    const list = `list-breaches:${partnerId}`;
    const page = await listBreaches(partnerId, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.breaches.map(toBreachView), nextCursor: toCursor(page.nextKey, list) };
  },
});
