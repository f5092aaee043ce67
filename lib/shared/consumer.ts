import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { SYSTEM } from './actor.ts';
import { inCall } from './call.ts';
import { clock } from './clock.ts';
import { count, log, publishMetrics } from './log.ts';
import { type EventDefinition, type EventEnvelope, eventEnvelope } from './outbox.ts';
import type { QueueName } from './resources.ts';
import type { Instant } from './time.ts';

interface ConsumerBase {
  readonly name: string;
  readonly summary: string;
  readonly rules: string;
  readonly queue: QueueName;
  readonly timeoutSeconds: number;
  readonly batchSize?: number;
  /** Upper bound of invocations at once, where the work behind the queue has one. */
  readonly maximumConcurrency?: number;
  readonly memoryMegabytes?: number;
}

/** A consumer of commands: messages of one schema that this service sends itself. */
export interface MessageConsumer<Schema extends z.ZodType> extends ConsumerBase {
  readonly message: Schema;
  run(message: z.output<Schema>, context: MessageContext): Promise<void>;
}

/** A consumer of events: the topic forwards the named ones to its queue. */
export interface EventConsumer extends ConsumerBase {
  readonly events: readonly EventDefinition[];
  run(event: ReceivedEvent, context: MessageContext): Promise<void>;
}

export interface ReceivedEvent {
  readonly id: string;
  readonly name: string;
  readonly occurredAt: Instant;
  readonly actor?: EventEnvelope['actor'];
  readonly sourceIp?: string;
  readonly detail: unknown;
}

export interface MessageContext {
  readonly now: Instant;
  readonly messageId: string;
  /** 1 on the first delivery; 5 is the last before the dead-letter queue (CUS-267). */
  readonly attempt: number;
}

export type ConsumerDefinition = ConsumerBase & {
  readonly kind: 'consumer';
  readonly events?: readonly EventDefinition[];
};

export interface ConsumerHandler {
  (event: SQSEvent): Promise<SQSBatchResponse>;
  readonly definition: ConsumerDefinition;
}

/** The queue gives a message up after this many deliveries (CUS-267); infra/ sets the same figure as maxReceiveCount. */
export const MAX_DELIVERIES = 5;

/**
 * Builds the Lambda handler of a queue: each message is parsed and worked off by itself, failed ones alone are delivered again.
 * Every `run` must bear the same message twice and in any order (CUS-267).
 */
export function consumer<Schema extends z.ZodType>(declared: MessageConsumer<Schema>): ConsumerHandler;
export function consumer(declared: EventConsumer): ConsumerHandler;
export function consumer<Schema extends z.ZodType>(declared: MessageConsumer<Schema> | EventConsumer): ConsumerHandler {
  const work = async (record: SQSRecord): Promise<void> => {
    const body: unknown = JSON.parse(record.body);
    const context = {
      now: clock.now(),
      messageId: record.messageId,
      attempt: Number(record.attributes.ApproximateReceiveCount),
    };
    const requestId = 'events' in declared ? eventEnvelope.parse(body).requestId : record.messageId;
    await inCall({ operation: declared.name, requestId, now: context.now, actor: SYSTEM }, async () => {
      if ('events' in declared) await declared.run(toEvent(declared, body), context);
      else await declared.run(declared.message.parse(body), context);
    });
  };
  const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
    const failures: string[] = [];
    for (const record of event.Records) {
      try {
        await work(record);
      } catch (error) {
        log.error('message failed', error, { consumer: declared.name, messageId: record.messageId });
        count('ConsumerFailed');
        failures.push(record.messageId);
      }
    }
    publishMetrics();
    return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) };
  };
  return Object.assign(handler, { definition: { ...declared, kind: 'consumer' as const } });
}

function toEvent(declared: EventConsumer, body: unknown): ReceivedEvent {
  const envelope = eventEnvelope.parse(body);
  const definition = declared.events.find((each) => each.name === envelope.name && each.version === envelope.version);
  if (!definition) throw new Error(`${declared.name} does not subscribe ${envelope.name} version ${envelope.version}`);
  return {
    id: envelope.id,
    name: envelope.name,
    occurredAt: envelope.occurredAt as Instant,
    actor: envelope.actor,
    sourceIp: envelope.sourceIp,
    detail: definition.detail.parse(envelope.detail),
  };
}
