import * as z from 'zod';
import {
  attributionMonth,
  attributionView,
  customerScope,
  loadAssignments,
  toAttributionView,
} from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-attribution',
  summary: "For whom of the caller's partner a customer's month counts, by days and as a whole.",
  rules: 'CUS-201 to CUS-206',
  route: 'GET /v1/customers/{customerId}/attribution',
  actors: ['member'],
  permission: 'customer.view',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  query: z.object({ month: attributionMonth }),
  response: attributionView,
  errors: [],
  run: async ({ path: { customerId }, query: { month }, member, now }) =>
    toAttributionView(month, await loadAssignments(customerId, member.partnerId, now)),
});
