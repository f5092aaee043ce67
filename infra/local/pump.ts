import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { type DeclaredFunction, handlersOf, type StreamHandler } from './functions.ts';
import { deliverBatch } from './queue-reader.ts';
import { StreamReader } from './stream-reader.ts';

export interface PumpOptions {
  /** Failed messages come again at once instead of after their visibility timeout. */
  readonly redeliverAtOnce: boolean;
  /** Batches of one queue that are worked on at the same time. */
  readonly batchesAtOnce?: number;
  /** Sees what the publisher worked off. */
  readonly onStreamRecords?: (event: DynamoDBStreamEvent) => void;
}

/** Moves what AWS would move by itself: stream records to the publisher, messages to their consumers. */
export interface Pump {
  /** Streams alone: what was committed reaches the topic and the queues behind it. @returns how many records moved */
  pumpStreams(): Promise<number>;
  /** One round over all streams and queues. @returns how many records and messages moved */
  pumpOnce(): Promise<number>;
  /** Rounds until nothing moves any more. @returns how many moved */
  drain(): Promise<number>;
  /** Moves in the background until the pump is stopped. */
  start(): void;
  stop(): Promise<void>;
}

/** One place where something can wait to be moved. @returns how many were moved */
type Source = () => Promise<number>;

const IDLE_MS = 50;
const MOST_ROUNDS = 5_000;

export function createPump(functions: readonly DeclaredFunction[], options: PumpOptions): Pump {
  const sqs = new SQSClient();
  const readers = new Map(
    handlersOf(functions, 'stream').map((handler) => [handler, new StreamReader(handler.definition.table)]),
  );
  const streams: Source[] = [...readers].map(
    ([handler, reader]) =>
      () =>
        reader.read((event) => publish(handler, event, options)),
  );
  const queues: Source[] = handlersOf(functions, 'consumer').map((consumer) => {
    const parallel = Math.min(
      options.batchesAtOnce ?? 1,
      consumer.definition.maximumConcurrency ?? Number.POSITIVE_INFINITY,
    );
    return () => sumOf(Array.from({ length: parallel }, () => deliverBatch(sqs, consumer, options)));
  });

  let moving = 0;
  let stopped = false;
  const move = async (source: Source): Promise<number> => {
    moving += 1;
    try {
      return await source();
    } finally {
      moving -= 1;
    }
  };
  const round = (sources: readonly Source[]): Promise<number> => sumOf(sources.map(move));
  const pumpOnce = async (): Promise<number> => (await round(streams)) + (await round(queues));
  const background: Promise<void>[] = [];

  return {
    pumpStreams: () =>
      untilStill(
        () => round(streams),
        () => false,
      ),
    pumpOnce,
    drain: () => untilStill(pumpOnce, () => moving > 0),
    start: () => {
      background.push(
        ...[...streams, ...queues].map((source) =>
          keepMoving(
            () => move(source),
            () => stopped,
          ),
        ),
      );
    },
    stop: async () => {
      stopped = true;
      await Promise.all(background);
      for (const reader of readers.values()) reader.destroy();
      sqs.destroy();
    },
  };
}

async function publish(
  handler: StreamHandler,
  event: DynamoDBStreamEvent,
  options: PumpOptions,
): Promise<string | undefined> {
  const { batchItemFailures } = await handler(event);
  const failedAt = batchItemFailures[0]?.itemIdentifier;
  const failed =
    failedAt === undefined ? -1 : event.Records.findIndex((record) => record.dynamodb?.SequenceNumber === failedAt);
  options.onStreamRecords?.({ Records: failed === -1 ? event.Records : event.Records.slice(0, failed) });
  return failedAt;
}

async function untilStill(round: () => Promise<number>, elsewhere: () => boolean): Promise<number> {
  let moved = 0;
  for (let rounds = 0; rounds < MOST_ROUNDS; rounds += 1) {
    const now = await round();
    if (now === 0 && !elsewhere()) return moved;
    moved += now;
  }
  throw new Error(
    `after ${MOST_ROUNDS} rounds messages still move: two consumers feed each other, or one feeds itself`,
  );
}

async function keepMoving(move: () => Promise<number>, stopped: () => boolean): Promise<void> {
  while (!stopped()) {
    try {
      if ((await move()) === 0) await sleep(IDLE_MS);
    } catch (error) {
      if (stopped()) return;
      console.error('the local pump goes on after:', error);
      await sleep(1_000);
    }
  }
}

const sumOf = async (counts: readonly Promise<number>[]): Promise<number> =>
  (await Promise.all(counts)).reduce((sum, each) => sum + each, 0);
