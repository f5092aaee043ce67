import * as z from 'zod';
import { customerView, queryCustomers, toCustomerView } from '#lib/customers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';
import { PARTNER_TYPES } from '#lib/shared/standing.ts';

export const handler = operation({
  name: 'query-customers',
  summary: "A partner's customers, newest association first; a distributor names its own or its resellers' customers.",
  rules: 'CUS-002, CUS-048, CUS-049, ORG-13 to ORG-18',
  route: 'GET /v1/customers',
  actors: ['member'],
  permission: 'customer.view',
  partnerTypes: { types: PARTNER_TYPES, error: sharedErrors.PERMISSION_DENIED },
  query: z.object({ ...pageQuery, scope: z.enum(['own', 'resellers']).default('own') }),
  response: z.object({ items: z.array(customerView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ member, standing, query: { limit, cursor, scope } }) => {
    const list = `query-customers:${member.id}:${scope}`;
    const page = await queryCustomers(member, standing.type, { scope, limit, startKey: fromCursor(cursor, list) });
    return {
      items: page.customers.map((customer) => toCustomerView(customer, member.partnerId)),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
