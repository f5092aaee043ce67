import * as z from 'zod';
import {
  auditErrors,
  customerTraceView,
  queryCustomerTraces,
  RANGES,
  rangeFields,
  searchesByOne,
  toCustomerTraceView,
  toTimeRange,
  traceCriteria,
} from '#lib/audit/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'query-traces',
  summary: "The customer's own traces, newest first: of the last hour, another named range, or from and to.",
  rules: 'ORD-155, ORD-162, ORD-169, ORD-170',
  route: 'GET /v1/customer-traces',
  actors: ['customer'],
  query: z
    .object({ ...pageQuery, ...rangeFields, range: z.enum(RANGES).optional(), ...traceCriteria })
    .refine(searchesByOne, 'search by one of traceName, resourceId and resourceName'),
  response: z.object({ items: z.array(customerTraceView), nextCursor: z.string().optional() }),
  errors: [auditErrors.TRACING_NOT_ENABLED, auditErrors.RANGE_TOO_OLD, sharedErrors.CURSOR_INVALID],
  run: async ({ customer, query: { limit, cursor, from, to, range, ...criteria }, now }) => {
    const { customerId } = customer;
    const list = `query-traces:${customerId}:${JSON.stringify({ from, to, range, ...criteria })}`;
    const wish = { range: { ...toTimeRange({ from, to }), range }, criteria, limit };
    const page = await queryCustomerTraces(customerId, { ...wish, startKey: fromCursor(cursor, list) }, now);
    return { items: page.traces.map(toCustomerTraceView), nextCursor: toCursor(page.nextKey, list) };
  },
});
