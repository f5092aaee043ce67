import * as z from 'zod';
import { customerTraceScope, singleTraceView, toSingleTraceView } from '#lib/audit/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-trace',
  summary: "One of the customer's own traces, with type, source IP address, generation time and the full record.",
  rules: 'ORD-155, ORD-171',
  route: 'GET /v1/customer-traces/{traceId}',
  actors: ['customer'],
  scope: customerTraceScope,
  path: z.object({ traceId: idParam }),
  response: singleTraceView,
  errors: [],
  run: async ({ resource }) => toSingleTraceView(resource),
});
