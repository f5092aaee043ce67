import { getItem, type Item, putIfAbsent, queryPage } from '#lib/shared/dynamodb.ts';
import { epochSeconds, type Instant, plus } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { dueAt, type Message } from './message.ts';

const KEPT_DAYS = 90;
const key = (messageId: string) => ({ pk: `MESSAGE#${messageId}`, sk: 'MESSAGE' });
const dueIndex = { index: 'byDue', keys: { pk: 'dueKey', sk: 'dueTime' } } as const;

/** Parts of the due index: on a morning with a bill for every partner no single key carries all of them. */
export const DUE_SHARDS = 8;

export async function loadMessage(messageId: string): Promise<Message | undefined> {
  const item = await getItem('notifications', key(messageId));
  return item && toMessage(item);
}

/** Puts a message unless it was composed before. */
export const putNewMessage = (message: Message): Promise<boolean> => putIfAbsent('notifications', toItem(message));

/** Moves a message on, unless somebody else took it up meanwhile. */
export const replaceMessage = (before: Message, after: Message): Write => ({
  table: 'notifications',
  put: toItem(after),
  condition: 'claims = :claims AND #status = :status',
  names: { '#status': 'status' },
  values: { ':claims': before.claims, ':status': before.status },
});

export interface DuePage {
  readonly messageIds: string[];
  readonly nextKey?: Record<string, unknown>;
}

/** Messages of one part that wait for nothing but the time, longest due first. */
export async function listDue(
  shard: number,
  now: Instant,
  page: { limit: number; startKey?: Record<string, unknown> },
): Promise<DuePage> {
  const answer = await queryPage({
    table: 'notifications',
    ...dueIndex,
    pk: `DUE#${shard}`,
    sk: { between: ['0', `${now}~`] },
    ...page,
  });
  const messageIds = answer.items.map((item) => String(item.dueTime).split('#')[1] ?? '');
  return { messageIds, nextKey: answer.nextKey };
}

/** An ended message leaves the due index and, 90 days later, the table; before its end nothing removes it. */
function toItem(message: Message) {
  const { messageId, endedAt } = message;
  return {
    ...key(messageId),
    ...message,
    ...(endedAt
      ? { expiresAt: epochSeconds(plus(endedAt, { days: KEPT_DAYS })) }
      : { dueKey: `DUE#${shardOf(messageId)}`, dueTime: `${dueAt(message)}#${messageId}` }),
  };
}

function toMessage(item: Item): Message {
  const { pk: _pk, sk: _sk, dueKey: _dueKey, dueTime: _dueTime, expiresAt: _expiresAt, ...message } = item;
  return message as unknown as Message;
}

const shardOf = (messageId: string): number => (messageId.codePointAt(messageId.length - 1) ?? 0) % DUE_SHARDS;
