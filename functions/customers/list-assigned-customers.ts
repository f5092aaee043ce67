import * as z from 'zod';
import {
  accountManagerScope,
  assignedCustomerView,
  listAssignedCustomers,
  managerHead,
  toAssignedCustomerView,
  toManagerHead,
} from '#lib/customers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-assigned-customers',
  summary: "An account manager's customers, newest assignment first, with the end of those that are ending.",
  rules: 'CUS-007, CUS-196',
  route: 'GET /v1/account-managers/{memberId}/customers',
  actors: ['member'],
  permission: 'customer.assign',
  scope: accountManagerScope,
  path: z.object({ memberId: idParam }),
  query: z.object(pageQuery),
  response: z.object({
    accountManager: managerHead,
    items: z.array(assignedCustomerView),
    nextCursor: z.string().optional(),
  }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ resource, query: { limit, cursor } }) => {
    const list = `list-assigned-customers:${resource.memberId}`;
    const page = await listAssignedCustomers(resource, { limit, startKey: fromCursor(cursor, list) });
    return {
      accountManager: toManagerHead(resource),
      items: page.assigned.map(toAssignedCustomerView),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
