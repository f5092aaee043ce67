import * as z from 'zod';
import { customerScope, freezeRecordView, listFreezeRecords, toFreezeRecordView } from '#lib/customers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-freeze-records',
  summary: "The customer's freeze history, newest first; members see that of the present association.",
  rules: 'CUS-174, CUS-175',
  route: 'GET /v1/customers/{customerId}/freeze-records',
  actors: ['member', 'operator'],
  permission: 'customer.view',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  query: z.object(pageQuery),
  response: z.object({ items: z.array(freezeRecordView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ path: { customerId }, query: { limit, cursor }, actor, resource }) => {
    const since = actor.kind === 'operator' ? undefined : resource.association?.since;
    const list = `list-freeze-records:${customerId}:${since}`;
    const page = await listFreezeRecords(customerId, { since, limit, startKey: fromCursor(cursor, list) });
    return { items: page.records.map(toFreezeRecordView), nextCursor: toCursor(page.nextKey, list) };
  },
});
