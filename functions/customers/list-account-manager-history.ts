import * as z from 'zod';
import { assignmentHistoryView, customerScope, readHistory } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-account-manager-history',
  summary: "The account managers that a customer has had with the caller's partner, newest first.",
  rules: 'CUS-054, CUS-189, CUS-206, CUS-245, CUS-013',
  route: 'GET /v1/customers/{customerId}/account-managers',
  actors: ['member', 'operator'],
  permission: 'customer.view',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  response: z.object({ items: z.array(assignmentHistoryView) }),
  errors: [],
  run: async ({ resource, actor, now }) => ({ items: await readHistory(resource, actor, now) }),
});
