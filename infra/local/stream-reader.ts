import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  type _Record as EngineRecord,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { type TableName, tableName } from '#lib/shared/resources.ts';
import { writesSoFar } from './write-count.ts';

/** Without a new write nothing can have come; a record that shows up a moment late is still found. */
const ENOUGH_EMPTY_READS = 3;

interface Shard {
  readonly id: string;
  iterator?: string;
  /** The last record that was worked off; a new iterator goes on behind it. */
  after?: string;
  closed: boolean;
}

/** Reads a table's stream from its beginning, shard by shard, and repeats from the first record that was not worked off. */
export class StreamReader {
  readonly #dynamodb = new DynamoDBClient();
  readonly #streams = new DynamoDBStreamsClient();
  readonly #table: TableName;
  readonly #shards = new Map<string, Shard>();
  #streamArn: string | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #writesSeen = -1;
  #emptyReads = 0;

  constructor(table: TableName) {
    this.#table = table;
  }

  /** @returns how many records were worked off; one caller at a time */
  read(work: (event: DynamoDBStreamEvent) => Promise<string | undefined>): Promise<number> {
    const turn = this.#turn.then(() => this.#readShards(work));
    this.#turn = turn.catch(() => undefined); // a failed turn is told to its own caller; the next one starts afresh
    return turn;
  }

  destroy(): void {
    this.#dynamodb.destroy();
    this.#streams.destroy();
  }

  async #readShards(work: (event: DynamoDBStreamEvent) => Promise<string | undefined>): Promise<number> {
    const writes = writesSoFar();
    if (writes !== this.#writesSeen) this.#emptyReads = 0;
    if (this.#emptyReads >= ENOUGH_EMPTY_READS) return 0;
    this.#writesSeen = writes;
    const done = await this.#readOpenShards(work);
    this.#emptyReads = done === 0 ? this.#emptyReads + 1 : 0;
    return done;
  }

  async #readOpenShards(work: (event: DynamoDBStreamEvent) => Promise<string | undefined>): Promise<number> {
    if ([...this.#shards.values()].every((shard) => shard.closed)) await this.#findShards();
    let done = 0;
    for (const shard of this.#shards.values()) {
      if (!shard.closed) done += await this.#readShard(shard, work);
    }
    return done;
  }

  async #findShards(): Promise<void> {
    this.#streamArn ??= await this.#findStream();
    const answer = await this.#streams.send(new DescribeStreamCommand({ StreamArn: this.#streamArn }));
    for (const { ShardId: id } of answer.StreamDescription?.Shards ?? []) {
      if (id !== undefined && !this.#shards.has(id)) this.#shards.set(id, { id, closed: false });
    }
  }

  async #findStream(): Promise<string> {
    const { Table } = await this.#dynamodb.send(new DescribeTableCommand({ TableName: tableName(this.#table) }));
    if (!Table?.LatestStreamArn) throw new Error(`table ${tableName(this.#table)} has no stream`);
    return Table.LatestStreamArn;
  }

  async #readShard(shard: Shard, work: (event: DynamoDBStreamEvent) => Promise<string | undefined>): Promise<number> {
    shard.iterator ??= await this.#iteratorOf(shard);
    const { Records = [], NextShardIterator } = await this.#recordsOf(shard);
    if (Records.length === 0) {
      shard.iterator = NextShardIterator;
      shard.closed = NextShardIterator === undefined;
      return 0;
    }
    const records = Records.map(toLambdaRecord);
    const failedAt = await work({ Records: records });
    const failed =
      failedAt === undefined ? -1 : records.findIndex((record) => record.dynamodb?.SequenceNumber === failedAt);
    const done = failed === -1 ? records : records.slice(0, failed);
    shard.after = done.at(-1)?.dynamodb?.SequenceNumber ?? shard.after;
    shard.iterator = failed === -1 ? NextShardIterator : undefined;
    shard.closed = failed === -1 && NextShardIterator === undefined;
    return done.length;
  }

  async #recordsOf(shard: Shard) {
    try {
      return await this.#streams.send(new GetRecordsCommand({ ShardIterator: shard.iterator }));
    } catch (error) {
      if (!isIteratorOutdated(error)) throw error;
      shard.iterator = await this.#iteratorOf(shard);
      return this.#streams.send(new GetRecordsCommand({ ShardIterator: shard.iterator }));
    }
  }

  async #iteratorOf(shard: Shard): Promise<string | undefined> {
    const position =
      shard.after === undefined
        ? ({ ShardIteratorType: 'TRIM_HORIZON' } as const)
        : ({ ShardIteratorType: 'AFTER_SEQUENCE_NUMBER', SequenceNumber: shard.after } as const);
    const answer = await this.#streams.send(
      new GetShardIteratorCommand({ StreamArn: this.#streamArn, ShardId: shard.id, ...position }),
    );
    return answer.ShardIterator;
  }
}

/**
 * Iterators end after 15 minutes. One made on an empty shard points before the first record as soon as there is one, because the engine
 * counts the writes of all tables in one sequence; no record is lost by asking for another.
 */
const isIteratorOutdated = (error: unknown): boolean =>
  error instanceof ExpiredIteratorException || error instanceof TrimmedDataAccessException;

/** Lambda gets the same record with its times in seconds. */
function toLambdaRecord(record: EngineRecord): DynamoDBRecord {
  const { ApproximateCreationDateTime: created, ...change } = record.dynamodb ?? {};
  return {
    ...record,
    userIdentity: undefined,
    dynamodb: { ...change, ApproximateCreationDateTime: created && created.getTime() / 1000 },
  } as DynamoDBRecord;
}
