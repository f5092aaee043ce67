import { customerOperationFailed } from '#events/audit.ts';
import { Refusal, sharedErrors, toProblem } from '../errors.ts';
import { releaseKey } from '../idempotency.ts';
import { count, log, publishMetrics } from '../log.ts';
import type { Exchange, HttpResult, OperationDefinition, Step } from '../operation.ts';
import { event as eventOf, type OutgoingEvent } from '../outbox.ts';
import { changesSomething } from '../route.ts';
import type { Trace } from '../trace.ts';
import { ConditionFailed, transact } from '../transaction.ts';

/** Turns every failure into an RFC 9457 document, releases the idempotency key and leaves the trace of the refusal (CUS-020). */
export const problem = (definition: OperationDefinition): Step => ({
  after: ({ event: { exchange }, response }) => {
    log.info('answered', { status: response?.statusCode, actorId: exchange.actor?.id });
    publishMetrics();
  },
  onError: async ({ event, error }) => {
    const { exchange } = event;
    const refusal = toRefusal(error);
    if (refusal) log.info('refused', { code: refusal.definition.code });
    else log.error('failed', error);
    await leaveTrace(definition, exchange, refusal, event.pathParameters);
    publishMetrics();
    return answerOf(refusal ?? new Refusal(sharedErrors.INTERNAL_ERROR), exchange.call.requestId);
  },
});

/** A condition that nobody gave a refusal is a lost race: the client may repeat. */
function toRefusal(error: Error | null): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof ConditionFailed) return new Refusal(sharedErrors.CONCURRENT_CHANGE);
  return undefined;
}

/** A trace that cannot be written never changes the answer (ORD-157); it is counted and alarmed on. */
async function leaveTrace(
  definition: OperationDefinition,
  exchange: Exchange,
  refusal: Refusal | undefined,
  path: Record<string, string | undefined> | undefined,
): Promise<void> {
  const traced = exchange.actor !== undefined && (changesSomething(definition) || definition.traced === true);
  if (!traced && !exchange.claim) return;
  const trace = {
    outcome: refusal ? ('refused' as const) : ('failed' as const),
    code: refusal?.definition.code ?? 'INTERNAL_ERROR',
    customerId: path?.customerId ?? customerOf(exchange.resource),
  } satisfies Trace;
  const writes = exchange.claim && exchange.call.applied ? [releaseKey(exchange.claim.key, exchange.claim.id)] : [];
  try {
    const events = customersTrace(definition, exchange, trace);
    await transact({ writes, events, trace: traced ? trace : undefined, aside: true });
  } catch (error) {
    log.error('trace not written', error);
    count('TraceFailed');
  }
}

/** The customer that a resource is about, where the path names the resource instead. */
const customerOf = (resource: unknown): string | undefined =>
  typeof resource === 'object' &&
  resource !== null &&
  'customerId' in resource &&
  typeof resource.customerId === 'string'
    ? resource.customerId
    : undefined;

/** ORD-156: the customer is shown that it failed, unless the caller may not know of this customer at all. */
function customersTrace(
  { customerTrace: traceName }: OperationDefinition,
  { resource, call }: Exchange,
  { customerId, outcome, code }: { customerId?: string; outcome: 'refused' | 'failed'; code: string },
): OutgoingEvent[] {
  if (!traceName || customerId === undefined || resource === undefined) return [];
  return [eventOf(customerOperationFailed, { traceName, customerId, outcome, code }, call.now)];
}

function answerOf(refusal: Refusal, requestId: string): HttpResult {
  const retryAfter = refusal.details.retryAfterSeconds;
  return {
    statusCode: refusal.definition.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(typeof retryAfter === 'number' ? { 'retry-after': String(retryAfter) } : {}),
      ...(refusal.definition.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
    },
    body: JSON.stringify(toProblem(refusal.definition, requestId, refusal.details, refusal.fields)),
  };
}
