import { loadTracing, toTracingView, tracingView } from '#lib/audit/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-tracing',
  summary: "Whether the customer's own tracing is on.",
  rules: 'ORD-151',
  route: 'GET /v1/tracing',
  actors: ['customer'],
  response: tracingView,
  errors: [],
  run: async ({ customer }) => toTracingView(await loadTracing(customer.customerId)),
});
