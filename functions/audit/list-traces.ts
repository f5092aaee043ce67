import * as z from 'zod';
import {
  listTraces,
  ordered,
  rangeFields,
  toTimeRange,
  toTraceView,
  traceView,
  whoseTraces,
} from '#lib/audit/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-traces',
  summary:
    "What was done or refused, newest first: the partner's own, or for operators any partner's or the platform's.",
  rules: 'CUS-020, ORG-12, ORG-177',
  route: 'GET /v1/traces',
  actors: ['member', 'operator'],
  permission: 'trace.view',
  query: z.object({
    ...pageQuery,
    ...rangeFields,
    partnerId: z.string().max(200).optional().meta({ description: "The platform's own when an operator names none" }),
    customerId: z.string().max(200).optional(),
    operation: z.string().max(64).optional(),
  }),
  response: z.object({ items: z.array(traceView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { limit, cursor, from, to, partnerId, ...filter } }) => {
    const whose = await whoseTraces(actor, partnerId);
    const list = `list-traces:${whose.partnerId}:${JSON.stringify({ from, to, ...filter })}`;
    const range = ordered(toTimeRange({ from, to }));
    const page = await listTraces(whose, { ...filter, ...range, limit, startKey: fromCursor(cursor, list) });
    return { items: page.traces.map(toTraceView), nextCursor: toCursor(page.nextKey, list) };
  },
});
