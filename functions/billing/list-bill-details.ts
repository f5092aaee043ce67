import * as z from 'zod';
import { billedPartners, billScope, lineView, readLines, toLineView } from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

const wanted = z.string().min(1).max(512).optional();

export const handler = operation({
  name: 'list-bill-details',
  summary:
    'Lines of a bill by customer, transaction time and record; before the issue as they would be, without tax and coupons.',
  rules: 'FIN-05, FIN-13, FIN-21 to FIN-40, FIN-67, FIN-144',
  route: 'GET /v1/bills/{billId}/lines',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  scope: billScope,
  path: z.object({ billId: idParam }),
  query: z.object({
    ...pageQuery,
    customerId: idParam.optional(),
    customer: wanted.meta({ description: 'Part of an account name, or a customer name' }),
    orderId: wanted.meta({ description: 'Order or transaction ID' }),
    productType: wanted.meta({ description: 'Name or code' }),
  }),
  response: z.object({ items: z.array(lineView), estimated: z.boolean(), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ path, resource, query: { limit, cursor, ...filter } }) => {
    const list = `list-bill-details:${path.billId}:${JSON.stringify(filter)}`;
    const read = await readLines(resource, filter, { limit, from: fromCursor(cursor, list) });
    return { items: read.lines.map(toLineView), estimated: read.estimated, nextCursor: toCursor(read.next, list) };
  },
});
