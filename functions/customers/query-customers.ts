import * as z from 'zod';
import { customerFilter, customerRow, customerSort, queryCustomers, queryErrors } from '#lib/customer-views/index.ts';
import { groupErrors } from '#lib/groups/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { digestOf } from '#lib/shared/ids.ts';
import { operation } from '#lib/shared/operation.ts';
import { PARTNER_TYPES } from '#lib/shared/standing.ts';

export const handler = operation({
  name: 'query-customers',
  summary:
    "A partner's customers; a distributor names its own or its resellers' customers. A page may be short or empty while a cursor " +
    'follows, because one call examines a bounded number of customers.',
  rules: 'CUS-002, CUS-048, CUS-049, CUS-053, CUS-230, CUS-240 to CUS-242, CUS-246 to CUS-248, ORG-13 to ORG-18',
  route: 'GET /v1/customers',
  actors: ['member'],
  permission: 'customer.view',
  partnerTypes: { types: PARTNER_TYPES, error: sharedErrors.PERMISSION_DENIED },
  query: z.object({
    ...pageQuery,
    scope: z.enum(['own', 'resellers']).default('own'),
    ...customerSort.shape,
    ...customerFilter.shape,
  }),
  response: z.object({ items: z.array(customerRow), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID, queryErrors.SORT_NOT_POSSIBLE, groupErrors.GROUP_NOT_FOUND],
  run: async ({ member, standing, query: { limit, cursor, scope, sort, order, ...filter }, now }) => {
    const list = `query-customers:${member.id}:${digestOf({ scope, sort, order, filter })}`;
    const wish = { scope, sort, order, filter, limit, from: fromCursor(cursor, list) };
    const { items, next } = await queryCustomers(member, standing.type, wish, now);
    return { items, nextCursor: toCursor(next, list) };
  },
});
