import { setTimeout as sleep } from 'node:timers/promises';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { queueUrl } from '#lib/shared/resources.ts';
import { type DeclaredFunction, handlersOf, type StreamHandler } from './functions.ts';
import { queuesInUse } from './queue-inspection.ts';
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
  /** Rounds until nothing moves any more, in the background neither. @returns how many moved */
  drain(): Promise<number>;
  /** Moves in the background until the pump is stopped. */
  start(): void;
  stop(): Promise<void>;
}

/** One place where something can wait to be moved. @returns how many were moved */
type Source = () => Promise<number>;

const IDLE_MS = 50;
const AFTER_FAILURE_MS = 1_000;
const MOST_ROUNDS = 5_000;

export function createPump(functions: readonly DeclaredFunction[], options: PumpOptions): Pump {
  const sqs = new SQSClient();
  let moving = 0;
  const counted =
    (source: Source): Source =>
    async () => {
      moving += 1;
      try {
        return await source();
      } finally {
        moving -= 1;
      }
    };

  const readers = handlersOf(functions, 'stream').map((handler) => ({
    handler,
    reader: new StreamReader(handler.definition.table),
  }));
  const streams = readers.map(({ handler, reader }) =>
    counted(() => reader.read((event) => publish(handler, event, options))),
  );
  const queues = handlersOf(functions, 'consumer').map((consumer) => {
    const { queue, maximumConcurrency = Number.POSITIVE_INFINITY } = consumer.definition;
    const parallel = Math.min(options.batchesAtOnce ?? 1, maximumConcurrency);
    const deliver = () => sumOf(Array.from({ length: parallel }, () => deliverBatch(sqs, consumer, options)));
    return { name: queueUrl(queue).split('/').at(-1) ?? queue, deliver: counted(deliver) };
  });
  const waitingQueues = async (): Promise<Source[]> => {
    const inUse = await queuesInUse();
    return queues.filter((queue) => inUse.has(queue.name)).map((queue) => queue.deliver);
  };

  const pumpStreams = (): Promise<number> => sumOf(streams.map((source) => source()));
  const pumpOnce = async (): Promise<number> => {
    const published = await pumpStreams();
    return published + (await sumOf((await waitingQueues()).map((source) => source())));
  };
  const background = new Background(async () => [...streams, ...(await waitingQueues())]);

  return {
    pumpStreams: () => untilStill(pumpStreams, () => false),
    pumpOnce,
    drain: () => untilStill(pumpOnce, () => moving > 0),
    start: () => background.start(),
    stop: async () => {
      await background.stop();
      for (const { reader } of readers) reader.destroy();
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
  const failed = event.Records.findIndex((record) => record.dynamodb?.SequenceNumber === failedAt);
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

/** Works on each source by itself, so that a slow consumer holds up nobody else. */
class Background {
  readonly #waiting: () => Promise<Source[]>;
  readonly #working = new Map<Source, Promise<void>>();
  #stopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(waiting: () => Promise<Source[]>) {
    this.#waiting = waiting;
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#loop;
    await Promise.all(this.#working.values());
  }

  async #run(): Promise<void> {
    while (!this.#stopped) {
      try {
        for (const source of await this.#waiting()) this.#work(source);
        await sleep(IDLE_MS);
      } catch (error) {
        console.error('the local pump goes on after:', error);
        await sleep(AFTER_FAILURE_MS);
      }
    }
  }

  #work(source: Source): void {
    if (this.#working.has(source)) return;
    const work = this.#untilEmpty(source).finally(() => this.#working.delete(source));
    this.#working.set(source, work);
  }

  async #untilEmpty(source: Source): Promise<void> {
    try {
      while (!this.#stopped && (await source()) > 0);
    } catch (error) {
      console.error('the local pump goes on after:', error);
      await sleep(AFTER_FAILURE_MS);
    }
  }
}

const sumOf = async (counts: readonly Promise<number>[]): Promise<number> =>
  (await Promise.all(counts)).reduce((sum, each) => sum + each, 0);
