import * as z from 'zod';
import { listRecordsOfPartner, recordFilter, recordView, toRecordView } from '#lib/customer-development/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-association-records',
  summary:
    "Associations, disassociations and changes of type of the partner's customers, newest request first; a page may be short while more follow.",
  rules: 'ORD-03 to ORD-06, ORD-33, ORD-158, ORD-161, ORD-162',
  route: 'GET /v1/association-records',
  actors: ['member'],
  permission: 'customer.view',
  query: z.object({ ...pageQuery, ...recordFilter, customerScope: z.enum(['own', 'resellers']).default('own') }),
  response: z.object({ items: z.array(recordView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor, customerScope, ...filter }, member }) => {
    const list = `list-association-records:${member.id}:${customerScope}:${JSON.stringify(filter)}`;
    const startKey = fromCursor(cursor, list);
    const page = await listRecordsOfPartner(member, customerScope, filter, { limit, startKey });
    return { items: page.records.map(toRecordView), nextCursor: toCursor(page.nextKey, list) };
  },
});
