import type { ActorKind } from '#lib/shared/actor.ts';
import type { Item, ItemQuery } from '#lib/shared/dynamodb.ts';
import type { Instant } from '#lib/shared/time.ts';
import { equalTo, fillPage } from './fill-page.ts';
import type { TimeRange } from './time-range.ts';

/** A trace of the business, as `lib/shared/trace.ts` writes it in the transaction of the change; nothing here writes or changes one. */
export interface BusinessTrace {
  readonly traceId: string;
  readonly at: Instant;
  readonly operation: string;
  readonly requestId: string;
  readonly actor: ActorKind;
  readonly actorId: string;
  readonly partnerId?: string;
  readonly customerId?: string;
  readonly outcome: 'done' | 'refused' | 'failed';
  readonly code?: string;
  readonly sourceIp?: string;
  readonly verificationUsed?: boolean;
  readonly before?: unknown;
  readonly after?: unknown;
}

interface TraceQuery extends TimeRange {
  readonly customerId?: string;
  readonly operation?: string;
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}

const customerIndex = { index: 'byCustomer', keys: { pk: 'customerKey', sk: 'customerTime' } } as const;

/** Traces of a partner, or of the platform's own people, newest first. */
export async function listTraces(
  of: { readonly partnerId?: string },
  { limit, startKey, ...query }: TraceQuery,
): Promise<{ traces: BusinessTrace[]; nextKey?: Record<string, unknown> }> {
  const pk = of.partnerId === undefined ? 'PLATFORM' : `PARTNER#${of.partnerId}`;
  const page = await fillPage({ table: 'audit', ...rangeOf(pk, query), newestFirst: true, limit, startKey });
  return { traces: page.items.map(toTrace), nextKey: page.nextKey };
}

/** What was done to one customer lies in an index that holds every partner's traces of it: those of this partition alone are picked. */
function rangeOf(
  pk: string,
  { customerId, operation, from, to }: Omit<TraceQuery, 'limit' | 'startKey'>,
): Pick<ItemQuery, 'index' | 'keys' | 'pk' | 'sk' | 'filter'> {
  const [first, last] = [from ?? '0', `${to ?? ''}~`]; // `~` sorts behind whatever follows a time
  if (customerId === undefined)
    return { pk, sk: { between: [`TRACE#${first}`, `TRACE#${last}`] }, filter: equalTo({ operation }) };
  return {
    ...customerIndex,
    pk: `CUSTOMER#${customerId}`,
    sk: { between: [first, last] },
    filter: equalTo({ pk, operation }),
  };
}

function toTrace(item: Item): BusinessTrace {
  const { pk: _pk, sk: _sk, customerKey: _customerKey, customerTime: _customerTime, before, after, ...trace } = item;
  return { ...trace, before: parsed(before), after: parsed(after) } as unknown as BusinessTrace;
}

const parsed = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : undefined);
