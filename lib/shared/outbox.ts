import * as z from 'zod';
import { maybeCall } from './call.ts';
import { newId } from './ids.ts';
import { epochSeconds, type Instant, plus } from './time.ts';
import type { Write } from './transaction.ts';

/** A contract: what happened, in which version, with which detail. Declared in events/, next to its owner. */
export interface EventDefinition<Detail extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly version: number;
  readonly detail: Detail;
}

export const defineEvent = <Detail extends z.ZodType>(definition: EventDefinition<Detail>): EventDefinition<Detail> =>
  definition;

export interface OutgoingEvent {
  readonly definition: EventDefinition;
  readonly detail: unknown;
  readonly occurredAt: Instant;
  /** Given when the same fact may be stored twice and must be one event; else a fresh id. */
  readonly id?: string;
}

/** The form in which an event travels: outbox item, topic message and queue message are this. */
export const eventEnvelope = z.object({
  id: z.string(),
  name: z.string(),
  version: z.number().int(),
  occurredAt: z.string(),
  requestId: z.string(),
  /** Who did what it tells of, and from where; a job and a consumer act as the system. */
  actor: z
    .object({ kind: z.enum(['member', 'customer', 'account', 'group', 'operator', 'system']), id: z.string() })
    .optional(),
  sourceIp: z.string().optional(),
  detail: z.record(z.string(), z.unknown()),
});
export type EventEnvelope = z.infer<typeof eventEnvelope>;

/** Builds an event whose detail its own schema accepts. */
export function event<Detail extends z.ZodType>(
  definition: EventDefinition<Detail>,
  detail: z.input<Detail>,
  occurredAt: Instant,
  id?: string,
): OutgoingEvent {
  return { definition, detail: definition.detail.parse(detail), occurredAt, id };
}

const KEPT_DAYS = 7; // long enough to replay after an outage of the publisher; then TTL removes it

/** The event as an item of the transaction that makes it true; the stream of this table is the way out. */
export function outboxWrite(outgoing: OutgoingEvent): Write {
  const id = outgoing.id ?? newId('evt', outgoing.occurredAt);
  const call = maybeCall();
  return {
    table: 'platform',
    put: {
      pk: `EVENT#${id}`,
      sk: 'EVENT',
      id,
      name: outgoing.definition.name,
      version: outgoing.definition.version,
      occurredAt: outgoing.occurredAt,
      requestId: call?.requestId ?? id,
      actor: call && { kind: call.actor.kind, id: call.actor.id },
      sourceIp: call?.sourceIp,
      detail: JSON.stringify(outgoing.detail),
      expiresAt: epochSeconds(plus(outgoing.occurredAt, { days: KEPT_DAYS })),
    },
  };
}
