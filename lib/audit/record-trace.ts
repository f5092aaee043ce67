import type { ReceivedEvent } from '#lib/shared/consumer.ts';
import type { Instant } from '#lib/shared/time.ts';
import { customerTraceOf } from './customer-trace.ts';
import { putCustomerTrace } from './customer-trace-store.ts';
import { tracedOperation } from './traced-operations.ts';
import { loadTracing } from './tracing-store.ts';

/** Writes the trace of an operation, once, if the customer's tracing was on when it happened. */
export async function recordTrace(event: ReceivedEvent, now: Instant): Promise<void> {
  const { customerId } = tracedOperation(event);
  const trace = customerTraceOf(event, await loadTracing(customerId, event.occurredAt), now);
  if (trace) await putCustomerTrace(trace);
}
