import { randomUUID } from 'node:crypto';
import {
  type CancellationReason,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { maybeCall } from './call.ts';
import { dynamodb, fromItem, type Item, type Key, toItem } from './dynamodb.ts';
import { type ErrorDefinition, Refusal, sharedErrors } from './errors.ts';
import { type OutgoingEvent, outboxWrite } from './outbox.ts';
import { type TableName, tableName } from './resources.ts';
import { backoff } from './retry.ts';
import { type Trace, traceWrite } from './trace.ts';

interface Conditional {
  readonly table: TableName;
  readonly condition?: string;
  readonly names?: Record<string, string>;
  readonly values?: Item;
  /** The refusal that a failed condition turns into; without it, `ConditionFailed` is thrown for the use case to re-decide. */
  readonly onConflict?: ErrorDefinition;
  /** Return the stored item when the condition fails. */
  readonly returnOld?: boolean;
}

/** One change of a transaction. Stores return writes, use cases join and commit them. */
export type Write =
  | (Conditional & { readonly put: Key & Readonly<Record<string, unknown>> })
  | (Conditional & { readonly update: Key; readonly set: string })
  | (Conditional & { readonly remove: Key })
  | (Conditional & { readonly check: Key });

export interface Commit {
  readonly writes: readonly Write[];
  readonly events?: readonly OutgoingEvent[];
  readonly trace?: Trace;
  /** Not the change that the request is about (a counted wrong code, a refusal's trace): leaves the idempotency key alone. */
  readonly aside?: boolean;
}

/** A condition without a declared refusal failed: somebody wrote in between. */
export class ConditionFailed extends Error {
  /** Indexes into `Commit.writes`, each with the item as stored when the write asked for it. */
  readonly failures: ReadonlyMap<number, Item | undefined>;

  constructor(failures: ReadonlyMap<number, Item | undefined>) {
    super(`condition failed on write ${[...failures.keys()].join(', ')}`);
    this.name = 'ConditionFailed';
    this.failures = failures;
  }
}

const MAX_ITEMS = 100; // a limit of the service
const MAX_ATTEMPTS = 12;

/**
 * Commits state, events and trace together or not at all.
 * @throws Refusal when a write with `onConflict` meets another state; ConditionFailed for the others
 */
export async function transact(commit: Commit): Promise<void> {
  const call = maybeCall();
  const joined: Write[] = [...commit.writes];
  for (const event of commit.events ?? []) joined.push(outboxWrite(event));
  if (commit.trace) joined.push(traceWrite(commit.trace));
  const applied = commit.aside ? undefined : call?.applied;
  if (applied) joined.push(applied);
  if (joined.length === 0) return;
  if (joined.length > MAX_ITEMS) throw new RangeError(`a transaction of ${joined.length} items: cut the work`);

  // The token makes a repeated send after a lost answer the same transaction, not a second one.
  const input = { TransactItems: joined.map(toTransactItem), ClientRequestToken: randomUUID() };
  for (let attempt = 1; ; attempt += 1) {
    try {
      await dynamodb.send(new TransactWriteItemsCommand(input));
      if (call && applied) call.applied = undefined;
      return;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      throwOnFailedCondition(joined, reasons);
      if (!reasons.some(isPassing)) throw error;
      if (attempt === MAX_ATTEMPTS) throw new Refusal(sharedErrors.CONCURRENT_CHANGE);
      input.ClientRequestToken = randomUUID();
      await backoff(attempt);
    }
  }
}

function throwOnFailedCondition(writes: readonly Write[], reasons: readonly CancellationReason[]): void {
  const failures = new Map<number, Item | undefined>();
  for (const [i, reason] of reasons.entries()) {
    if (reason.Code !== 'ConditionalCheckFailed') continue;
    const refusal = writes[i]?.onConflict;
    if (refusal) throw new Refusal(refusal);
    failures.set(i, reason.Item && fromItem(reason.Item));
  }
  if (failures.size > 0) throw new ConditionFailed(failures);
}

const isPassing = (reason: CancellationReason): boolean =>
  reason.Code === 'TransactionConflict' ||
  reason.Code === 'ThrottlingError' ||
  reason.Code === 'ProvisionedThroughputExceeded';

function toTransactItem(write: Write): TransactWriteItem {
  const common = {
    TableName: tableName(write.table),
    ConditionExpression: write.condition as string,
    ExpressionAttributeNames: write.names,
    ExpressionAttributeValues: write.values && toItem(write.values),
    ReturnValuesOnConditionCheckFailure: write.returnOld ? ('ALL_OLD' as const) : undefined,
  };
  if ('put' in write) return { Put: { ...common, Item: toItem(write.put) } };
  if ('update' in write) return { Update: { ...common, Key: toItem(write.update), UpdateExpression: write.set } };
  if ('remove' in write) return { Delete: { ...common, Key: toItem(write.remove) } };
  return { ConditionCheck: { ...common, Key: toItem(write.check) } };
}
