import * as z from 'zod';
import { listRecordsOfCustomer, ownRecordView, toRecordView } from '#lib/customer-development/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-my-association-records',
  summary: "The customer's operation log: what it and its partners asked of each other, newest first.",
  rules: 'ORD-45, DEV-113',
  route: 'GET /v1/my-partner/association-records',
  actors: ['customer'],
  query: z.object(pageQuery),
  response: z.object({ items: z.array(ownRecordView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor }, customer: { customerId } }) => {
    const list = `list-my-association-records:${customerId}`;
    const page = await listRecordsOfCustomer(customerId, { limit, startKey: fromCursor(cursor, list) });
    return { items: page.records.map(toRecordView), nextCursor: toCursor(page.nextKey, list) };
  },
});
