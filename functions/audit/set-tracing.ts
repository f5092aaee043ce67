import * as z from 'zod';
import { setTracing, toTracingView, tracingView } from '#lib/audit/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-tracing',
  summary: "Turns the customer's own tracing on or off; nothing is traced afterwards that happened before.",
  rules: 'ORD-151, ORD-154',
  route: 'PUT /v1/tracing',
  actors: ['customer'],
  body: z.object({ enabled: z.boolean() }),
  response: tracingView,
  errors: [],
  run: async ({ customer, body: { enabled }, now }) =>
    toTracingView(await setTracing(customer.customerId, enabled, now)),
});
