import * as z from 'zod';
import {
  cycleQuery,
  detailFilter,
  detailsView,
  expenditureErrors,
  listDetails,
  toDetailsView,
} from '#lib/expenditures/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-expenditure-details',
  summary:
    "A customer's expenditure records of one billing cycle, newest first; a page may be short while more follow.",
  rules: 'ORD-127 to ORD-138, ORD-141, ORD-161 to ORD-168, CUS-100, CUS-101',
  route: 'GET /v1/expenditures',
  actors: ['member', 'operator', 'customer'],
  permission: 'expenditure.view',
  query: z.object({ ...pageQuery, ...detailFilter, customerId: idParam, cycle: cycleQuery }),
  response: detailsView,
  errors: [
    sharedErrors.CUSTOMER_NOT_FOUND,
    sharedErrors.CURSOR_INVALID,
    expenditureErrors.BILL_ACCESS_REVOKED,
    expenditureErrors.CONTACT_ECOSYSTEM_MANAGER,
  ],
  run: async ({ query: { limit, cursor, customerId, cycle, ...filter }, actor, now }) => {
    const list = `list-expenditure-details:${actor.id}:${customerId}:${cycle}:${JSON.stringify(filter)}`;
    const position = fromCursor(cursor, list)?.before;
    const before = typeof position === 'string' ? position : undefined;
    const details = await listDetails(actor, { customerId, cycle, filter, limit, before }, now);
    const nextCursor = toCursor(details.next === undefined ? undefined : { before: details.next }, list);
    return { ...toDetailsView(details, cycle, now), nextCursor };
  },
});
