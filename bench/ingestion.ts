import {
  type AttributeValue,
  BatchWriteItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { inParallel, milliseconds, print, rounded } from './figures.ts';
import { benchStack } from './stack.ts';

/**
 * Ingestion with idempotency, counters and events, over bare writes of the same records with as many writers: BatchWriteItem of the
 * records as plain items, which is the target; beside it BatchWriteItem of the packed items that ingestion stores, and the same in
 * conditional transactions, the least that counting each record once costs on this engine.
 */
const RECORDS = Number(process.argv[2] ?? 100_000);
const CUSTOMERS = 20;
const BATCH = 500;
const WRITERS = 2;

const engines = await benchStack();
const { ingest } = await import('#lib/expenditures/index.ts');
const { toStored } = await import('#lib/expenditures/record-store.ts');
const { dynamodb, fromItem, toItem } = await import('#lib/shared/dynamodb.ts');
const { tableName } = await import('#lib/shared/resources.ts');
const { aCustomer, aPartner, asSystem } = await import('../tests/support/builders.ts');
const { replaceClock } = await import('#lib/shared/clock.ts');
const { usageOf } = await import('./usage.ts');

replaceClock(() => Date.UTC(2024, 7, 31));
const partner = await aPartner();
const customers = await Promise.all(Array.from({ length: CUSTOMERS }, () => aCustomer({ of: partner })));
replaceClock(() => Date.UTC(2024, 8, 30));

const ingestAll = (count: number, prefix: string) =>
  inParallel(count / BATCH, WRITERS, async (batch) => {
    const deliveries = Array.from({ length: BATCH }, (_, i) => usageOf(customers, batch * BATCH + i, prefix));
    const receipts = await asSystem((now) => ingest(deliveries, now));
    const other = receipts.find(({ receipt }) => receipt !== 'counted');
    if (other) throw new Error(`not counted: ${JSON.stringify(other)}`);
  });

/** What ingestion stored, as it is stored. */
async function storedItems(prefix: string): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  for (const { customerId } of customers) {
    let startKey: Record<string, AttributeValue> | undefined;
    do {
      const page = await dynamodb.send(
        new QueryCommand({
          TableName: tableName('expenditures'),
          IndexName: 'byCycle',
          KeyConditionExpression: 'cycleKey = :key',
          ExpressionAttributeValues: toItem({ ':key': `${partner.partnerId}#${customerId}#2024-09` }),
          ExclusiveStartKey: startKey,
        }),
      );
      items.push(...(page.Items ?? []).filter((item) => item.pk?.S?.startsWith(`RECORD#${prefix}-`)));
      startKey = page.LastEvaluatedKey;
    } while (startKey);
  }
  return items;
}

type StoredItem = Record<string, AttributeValue>;

const renamed = (item: StoredItem, prefix: string): StoredItem => ({ ...item, pk: { S: `${prefix}${item.pk?.S}` } });

/** A record as whoever just stores it would: an attribute per field, under the same keys. */
const plain = (item: StoredItem): StoredItem => {
  const { body: _body, ...keys } = item;
  return { ...toItem({ ...toStored(fromItem(item)).record }), ...keys };
};

const writeBare = (items: readonly StoredItem[], prefix: string) =>
  inParallel(Math.ceil(items.length / 25), WRITERS, async (batch) => {
    const puts = items
      .slice(batch * 25, batch * 25 + 25)
      .map((item) => ({ PutRequest: { Item: renamed(item, prefix) } }));
    const answer = await dynamodb.send(
      new BatchWriteItemCommand({ RequestItems: { [tableName('expenditures')]: puts } }),
    );
    if (Object.keys(answer.UnprocessedItems ?? {}).length > 0) throw new Error('items were left unprocessed');
  });

const writeOnce = (items: readonly StoredItem[], prefix: string) =>
  inParallel(Math.ceil(items.length / 90), WRITERS, async (batch) => {
    const puts = items.slice(batch * 90, batch * 90 + 90).map((item) => ({
      Put: {
        TableName: tableName('expenditures'),
        Item: renamed(item, prefix),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    }));
    await dynamodb.send(new TransactWriteItemsCommand({ TransactItems: puts }));
  });

await ingestAll(5_000, 'warm');
const warm = await storedItems('warm');
await writeBare(warm.map(plain), 'warm-plain-');
await writeBare(warm, 'warm-packed-');
await writeOnce(warm, 'warm-once-');

const ours = await milliseconds(() => ingestAll(RECORDS, 'run'));
const items = await storedItems('run');
if (items.length !== RECORDS) throw new Error(`${items.length} of ${RECORDS} records were stored`);
const plainItems = items.map(plain);
const bare = await milliseconds(() => writeBare(plainItems, 'plain-'));
const packed = await milliseconds(() => writeBare(items, 'packed-'));
const once = await milliseconds(() => writeOnce(items, 'once-'));
const ratio = bare / ours;
print({
  figure: `ingestion of ${RECORDS} records over bare BatchWriteItem`,
  value: rounded(ratio),
  unit: 'throughput ratio',
  target: '>= 0.6',
  met: ratio >= 0.6,
  detail: {
    overPackedItems: rounded(packed / ours),
    overConditionalTransactions: rounded(once / ours),
    writers: WRITERS,
    customers: CUSTOMERS,
  },
});
await engines.stop();
