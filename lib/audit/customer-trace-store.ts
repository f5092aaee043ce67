import { getItem, type Item, putIfAbsent } from '#lib/shared/dynamodb.ts';
import { epochMs, epochSeconds, type Instant, instantOfEpochMs, plus } from '#lib/shared/time.ts';
import { type CustomerTrace, isShown, timePart } from './customer-trace.ts';
import { equalTo, fillPage } from './fill-page.ts';
import type { TimeRange } from './time-range.ts';
import { RETENTION_DAYS, startOfRetention } from './tracing.ts';

const partition = (customerId: string) => `CUSTOMER-TRACES#${customerId}`;
const key = (customerId: string, traceId: string) => ({ pk: partition(customerId), sk: `TRACE#${traceId}` });

/** Writes a trace once; it is never changed, and removed some time after its retention. */
export const putCustomerTrace = (trace: CustomerTrace): Promise<boolean> =>
  putIfAbsent('audit', {
    ...key(trace.customerId, trace.traceId),
    ...trace,
    detail: JSON.stringify(trace.detail),
    expiresAt: epochSeconds(plus(trace.operationTime, { days: RETENTION_DAYS })),
  });

/** A trace of this customer, unless its time is over (ORD-155). */
export async function loadCustomerTrace(
  customerId: string,
  traceId: string,
  now: Instant,
): Promise<CustomerTrace | undefined> {
  const item = await getItem('audit', key(customerId, traceId), { consistent: false });
  const trace = item && toCustomerTrace(item);
  return trace && isShown(trace.operationTime, now) ? trace : undefined;
}

/** Criteria of ORD-170; they combine with AND and match exactly. */
export type TraceCriteria = Partial<
  Pick<
    CustomerTrace,
    | 'traceType'
    | 'traceSource'
    | 'resourceType'
    | 'traceName'
    | 'resourceId'
    | 'resourceName'
    | 'operator'
    | 'traceStatus'
  >
>;

interface CustomerTraceQuery {
  readonly range: Required<TimeRange>;
  readonly criteria: TraceCriteria;
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
  readonly now: Instant;
}

/** Traces of a customer, newest operation first (ORD-162); never one whose time is over. */
export async function listCustomerTraces(
  customerId: string,
  { range, criteria, limit, startKey, now }: CustomerTraceQuery,
): Promise<{ traces: CustomerTrace[]; nextKey?: Record<string, unknown> }> {
  const first = `TRACE#${timePart(laterOf(range.from, firstShown(now)))}`;
  const last = `TRACE#${timePart(range.to)}~`;
  // The range moves on between two pages; the service refuses a position that has left it.
  if (last < first || (startKey && String(startKey.sk) < first)) return { traces: [] };
  const page = await fillPage({
    table: 'audit',
    pk: partition(customerId),
    sk: { between: [first, last] },
    newestFirst: true,
    limit,
    startKey,
    consistent: false,
    filter: equalTo(criteria),
  });
  return { traces: page.items.map(toCustomerTrace), nextKey: page.nextKey };
}

const laterOf = (a: Instant, b: Instant): Instant => (a > b ? a : b);
const firstShown = (now: Instant): Instant => instantOfEpochMs(epochMs(startOfRetention(now)) + 1);

function toCustomerTrace(item: Item): CustomerTrace {
  const { pk: _pk, sk: _sk, expiresAt: _expiresAt, detail, ...trace } = item;
  return { ...trace, detail: JSON.parse(String(detail)) } as unknown as CustomerTrace;
}
