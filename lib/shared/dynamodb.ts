import {
  type AttributeValue,
  BatchGetItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { type TableName, tableName } from './resources.ts';
import { backoff } from './retry.ts';

/** One client per process: connections are reused by every invocation of the container. */
export const dynamodb = new DynamoDBClient({ maxAttempts: 6 });
// It copies every request and answer for a logger that does not exist: 6 % of the time of a large transaction.
dynamodb.middlewareStack.remove('loggerMiddleware');

/** An item as the stores see it. Integers beyond 2⁵³ come back as bigint, never as a rounded float (CUS-254). */
export type Item = Record<string, unknown>;
export type Key = { pk: string; sk: string };

export const toItem = (item: object): Record<string, AttributeValue> => marshall(item, { removeUndefinedValues: true });

export const fromItem = (item: Record<string, AttributeValue>): Item =>
  unmarshall(item, {
    wrapNumbers: (text: string) => {
      const number = Number(text);
      return Number.isSafeInteger(number) ? number : BigInt(text);
    },
  });

export async function getItem(
  table: TableName,
  key: Key,
  options: { consistent?: boolean } = {},
): Promise<Item | undefined> {
  const answer = await dynamodb.send(
    new GetItemCommand({ TableName: tableName(table), Key: toItem(key), ConsistentRead: options.consistent ?? true }),
  );
  return answer.Item && fromItem(answer.Item);
}

/** Reads up to any number of keys, 100 at a time; what is missing is left out. */
export async function getItems(
  table: TableName,
  keys: readonly Key[],
  options: { consistent?: boolean } = {},
): Promise<Item[]> {
  const ConsistentRead = options.consistent ?? true;
  const items: Item[] = [];
  for (let start = 0; start < keys.length; start += 100) {
    let wanted: Record<string, AttributeValue>[] = keys.slice(start, start + 100).map((key) => toItem(key));
    for (let attempt = 0; wanted.length > 0; attempt += 1) {
      if (attempt > 0) await backoff(attempt);
      const answer = await dynamodb.send(
        new BatchGetItemCommand({ RequestItems: { [tableName(table)]: { Keys: wanted, ConsistentRead } } }),
      );
      items.push(...(answer.Responses?.[tableName(table)] ?? []).map(fromItem));
      wanted = answer.UnprocessedKeys?.[tableName(table)]?.Keys ?? [];
    }
  }
  return items;
}

export interface ItemQuery {
  readonly table: TableName;
  readonly index?: string;
  /** Names of the key attributes; `pk` and `sk` when not given. */
  readonly keys?: { readonly pk: string; readonly sk: string };
  readonly pk: string;
  readonly sk?:
    | { readonly beginsWith: string }
    | { readonly between: readonly [string, string] }
    | { readonly from: string };
  readonly newestFirst?: boolean;
  readonly limit?: number;
  readonly startKey?: Record<string, unknown>;
  readonly consistent?: boolean;
  readonly filter?: { readonly expression: string; readonly names?: Record<string, string>; readonly values?: Item };
  readonly attributes?: readonly string[];
}

export interface ItemPage {
  readonly items: Item[];
  /** Key to go on from; absent when nothing follows. */
  readonly nextKey?: Record<string, unknown>;
}

/** One page of a key range. */
export async function queryPage(query: ItemQuery): Promise<ItemPage> {
  const answer = await dynamodb.send(new QueryCommand(queryInput(query)));
  return {
    items: (answer.Items ?? []).map(fromItem),
    nextKey: answer.LastEvaluatedKey && fromItem(answer.LastEvaluatedKey),
  };
}

/** All items of a key range, page by page; for ranges whose size a rule limits, or for jobs that stream. */
export async function* queryAll(query: ItemQuery): AsyncGenerator<Item> {
  let startKey = query.startKey;
  do {
    const page: ItemPage = await queryPage({ ...query, startKey });
    yield* page.items;
    startKey = page.nextKey;
  } while (startKey);
}

/**
 * Changes one item by itself, outside of any transaction: cheaper, and changes of the same item at once do not stand in each other's way.
 * For what is no change of state (a hint, a mark). @returns the item as it is then, `undefined` when the condition failed
 */
export async function updateItem(
  table: TableName,
  key: Key,
  change: {
    readonly set: string;
    readonly condition?: string;
    readonly names?: Record<string, string>;
    readonly values: Item;
  },
): Promise<Item | undefined> {
  try {
    const answer = await dynamodb.send(
      new UpdateItemCommand({
        TableName: tableName(table),
        Key: toItem(key),
        UpdateExpression: change.set,
        ConditionExpression: change.condition,
        ExpressionAttributeNames: change.names,
        ExpressionAttributeValues: toItem(change.values),
        ReturnValues: 'ALL_NEW',
      }),
    );
    return answer.Attributes && fromItem(answer.Attributes);
  } catch (error) {
    if (isConditionFailure(error)) return undefined;
    throw error;
  }
}

/** Puts an item unless one with its key exists. @returns whether it was put */
export async function putIfAbsent(table: TableName, item: Key & Readonly<Record<string, unknown>>): Promise<boolean> {
  try {
    await dynamodb.send(
      new PutItemCommand({
        TableName: tableName(table),
        Item: toItem(item),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    return true;
  } catch (error) {
    if (isConditionFailure(error)) return false;
    throw error;
  }
}

const isConditionFailure = (error: unknown): boolean =>
  error instanceof Error && error.name === 'ConditionalCheckFailedException';

function queryInput(query: ItemQuery): QueryCommandInput {
  const { pk, sk } = query.keys ?? { pk: 'pk', sk: 'sk' };
  const names: Record<string, string> = { '#pk': pk, ...query.filter?.names };
  const values: Item = { ':pk': query.pk, ...query.filter?.values };
  let condition = '#pk = :pk';
  if (query.sk) {
    names['#sk'] = sk;
    if ('beginsWith' in query.sk) {
      condition += ' AND begins_with(#sk, :sk)';
      values[':sk'] = query.sk.beginsWith;
    } else if ('between' in query.sk) {
      condition += ' AND #sk BETWEEN :first AND :last';
      values[':first'] = query.sk.between[0];
      values[':last'] = query.sk.between[1];
    } else {
      condition += ' AND #sk >= :first';
      values[':first'] = query.sk.from;
    }
  }
  const projection = query.attributes?.map((attribute, i) => {
    names[`#a${i}`] = attribute;
    return `#a${i}`;
  });
  return {
    TableName: tableName(query.table),
    IndexName: query.index,
    KeyConditionExpression: condition,
    FilterExpression: query.filter?.expression,
    ProjectionExpression: projection?.join(', '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: toItem(values),
    ScanIndexForward: query.newestFirst !== true,
    Limit: query.limit,
    ExclusiveStartKey: query.startKey && toItem(query.startKey),
    ConsistentRead: query.index === undefined && (query.consistent ?? true),
  };
}
