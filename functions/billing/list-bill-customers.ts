import * as z from 'zod';
import { billedPartners, billScope, customersView, readCustomers, toCustomersView } from '#lib/billing/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-bill-customers',
  summary: 'A bill by customer, under a row of totals; before the issue as last estimated, without tax and coupons.',
  rules: 'FIN-01, FIN-05, FIN-145, FIN-150',
  route: 'GET /v1/bills/{billId}/customers',
  actors: ['member', 'operator'],
  permission: 'bill.view',
  partnerTypes: billedPartners,
  scope: billScope,
  path: z.object({ billId: idParam }),
  query: z.object({ ...pageQuery, customerId: idParam.optional() }),
  response: customersView,
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ path: { billId }, resource, query: { limit, cursor, customerId } }) => {
    const list = `list-bill-customers:${billId}`;
    const after = String(fromCursor(cursor, list)?.after ?? '');
    const read = await readCustomers(resource, customerId, { limit, after });
    return {
      ...toCustomersView(read, billId),
      nextCursor: toCursor(read.after === undefined ? undefined : { after: read.after }, list),
    };
  },
});
