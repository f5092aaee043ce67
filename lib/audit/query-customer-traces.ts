import { Refusal } from '#lib/shared/errors.ts';
import type { Instant } from '#lib/shared/time.ts';
import { listCustomerTraces, type TraceCriteria } from './customer-trace-store.ts';
import { auditErrors } from './errors.ts';
import { customerRange, type RangeWish } from './time-range.ts';
import { mayHoldTraces } from './tracing.ts';
import { loadTracing } from './tracing-store.ts';

interface CustomerTracesWish {
  readonly range: RangeWish;
  readonly criteria: TraceCriteria;
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}

/**
 * The customer's own traces. What was written while tracing was on stays readable after it was turned off (ORD-155).
 * @throws Refusal TRACING_NOT_ENABLED, RANGE_TOO_OLD, INPUT_INVALID
 */
export async function queryCustomerTraces(
  customerId: string,
  wish: CustomerTracesWish,
  now: Instant,
): ReturnType<typeof listCustomerTraces> {
  const range = customerRange(wish.range, now);
  if (!mayHoldTraces(await loadTracing(customerId), now)) throw new Refusal(auditErrors.TRACING_NOT_ENABLED);
  return listCustomerTraces(customerId, { ...wish, range, now });
}
