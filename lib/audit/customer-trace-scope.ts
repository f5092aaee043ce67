import { currentCall } from '#lib/shared/call.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import type { Scope } from '#lib/shared/operation.ts';
import type { CustomerTrace } from './customer-trace.ts';
import { loadCustomerTrace } from './customer-trace-store.ts';

/** The trace named in the path, looked for among the caller's own. */
export const customerTraceScope: Scope<CustomerTrace> = {
  name: 'trace',
  parameter: 'traceId',
  notFound: sharedErrors.NOT_FOUND,
  load: async (actor, traceId) =>
    actor.kind === 'customer' ? loadCustomerTrace(actor.customerId, traceId, currentCall().now) : undefined,
};
