import { createHash } from 'node:crypto';
import type { TraceName } from '#events/audit.ts';
import type { ReceivedEvent } from '#lib/shared/consumer.ts';
import { epochMs, type Instant } from '#lib/shared/time.ts';
import { type TracedOperation, tracedOperation } from './traced-operations.ts';
import { startOfRetention, type Tracing } from './tracing.ts';

export const TRACE_TYPES = ['ConsoleAction', 'ApiCall', 'SystemAction'] as const;
export const TRACE_STATUSES = ['normal', 'warning', 'incident'] as const;
const TRACE_SOURCE = 'partner-center';
const RESOURCE_TYPE = 'csbchannelsales'; // ORD-152

/** A record in the customer's own trace service: written once, shown for seven days (ORD-154 to ORD-157). */
export interface CustomerTrace {
  readonly traceId: string;
  readonly customerId: string;
  readonly traceName: TraceName;
  readonly traceType: (typeof TRACE_TYPES)[number];
  readonly traceSource: string;
  readonly traceStatus: (typeof TRACE_STATUSES)[number];
  readonly resourceType: string;
  readonly resourceId?: string;
  readonly resourceName?: string;
  readonly operator: string;
  readonly sourceIp?: string;
  readonly operationTime: Instant;
  readonly generatedAt: Instant;
  /** Why the operation was refused. */
  readonly code?: string;
  readonly eventId: string;
  readonly detail: unknown;
}

/** ORD-156. */
const STATUS = { done: 'normal', refused: 'warning', failed: 'incident' } as const satisfies Record<
  TracedOperation['outcome'],
  CustomerTrace['traceStatus']
>;

/**
 * The trace that an event leaves; none when tracing was off at the time of the operation (ORD-151, ORD-154), or when it would not be
 * shown any more (ORD-155). `tracing` is the turn of the switch that held at that time.
 */
export function customerTraceOf(
  event: ReceivedEvent,
  tracing: Tracing | undefined,
  now: Instant,
): CustomerTrace | undefined {
  if (!tracing?.enabled || !isShown(event.occurredAt, now)) return undefined;
  const { outcome, ...operation } = tracedOperation(event);
  const operator = event.actor ?? { kind: 'system', id: 'system' };
  return {
    ...operation,
    traceId: traceIdOf(event.id, event.occurredAt),
    traceType: operator.kind === 'system' ? 'SystemAction' : 'ConsoleAction',
    traceSource: TRACE_SOURCE,
    traceStatus: STATUS[outcome],
    resourceType: RESOURCE_TYPE,
    operator: operator.id,
    sourceIp: event.sourceIp,
    operationTime: event.occurredAt,
    generatedAt: now,
    eventId: event.id,
    detail: event.detail,
  };
}

/** ORD-155: up to, and not at, seven days after the operation, whenever the record is deleted. */
export const isShown = (operationTime: Instant, now: Instant): boolean => operationTime > startOfRetention(now);

/**
 * A time-based UUID (version 7). It sorts as the operations do, and follows from the event: a message that comes again meets its own
 * trace (ORD-157).
 */
export function traceIdOf(eventId: string, operationTime: Instant): string {
  const rest = createHash('sha256').update(eventId).digest('hex');
  const variant = ((Number.parseInt(rest.charAt(0), 16) & 0b0011) | 0b1000).toString(16);
  return `${timePart(operationTime)}-7${rest.slice(1, 4)}-${variant}${rest.slice(4, 7)}-${rest.slice(7, 19)}`;
}

/** The beginning that trace ids of this instant have in common. */
export function timePart(time: Instant): string {
  const digits = epochMs(time).toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}`;
}
