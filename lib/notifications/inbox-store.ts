import { getItem, type Item, putIfAbsent, queryPage } from '#lib/shared/dynamodb.ts';
import { epochSeconds, plus } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { type InboxMessage, type InboxPart, positionOf } from './inbox.ts';

const KEPT_DAYS = 90;
const key = (messageId: string) => ({ pk: `INBOX-MESSAGE#${messageId}`, sk: 'MESSAGE' });
const inboxIndex = { index: 'byInbox', keys: { pk: 'inbox', sk: 'inboxTime' } } as const;

/** Puts a message into its inbox unless it was composed before. */
export const putNewInboxMessage = (message: InboxMessage): Promise<boolean> =>
  putIfAbsent('notifications', {
    ...key(message.messageId),
    ...message,
    inboxTime: positionOf(message),
    expiresAt: epochSeconds(plus(message.createdAt, { days: KEPT_DAYS })),
  });

export async function loadInboxMessage(messageId: string): Promise<InboxMessage | undefined> {
  const item = await getItem('notifications', key(messageId));
  return item && toInboxMessage(item);
}

/** Reading twice is reading once. */
export const markRead = (messageId: string, readerId: string): Write => ({
  table: 'notifications',
  update: key(messageId),
  set: 'ADD readBy :reader',
  condition: 'attribute_exists(pk)',
  values: { ':reader': new Set([readerId]) },
});

interface InboxQuery {
  readonly limit: number;
  /** Only messages before this position. */
  readonly before?: string;
  readonly unreadBy?: string;
}

/** A page of one inbox, newest first. */
export async function listInbox(inbox: string, { limit, before, unreadBy }: InboxQuery): Promise<InboxPart> {
  const page = await queryPage({
    table: 'notifications',
    ...inboxIndex,
    pk: inbox,
    newestFirst: true,
    limit,
    startKey: before === undefined ? undefined : startKeyAt(inbox, before),
    filter:
      unreadBy === undefined
        ? undefined
        : { expression: 'NOT contains(readBy, :reader)', values: { ':reader': unreadBy } },
  });
  const stoppedAt = page.nextKey?.inboxTime;
  return { messages: page.items.map(toInboxMessage), stoppedAt: typeof stoppedAt === 'string' ? stoppedAt : undefined };
}

/** A position serves every inbox of the reader, also those that hold no message there. */
function startKeyAt(inbox: string, position: string): Record<string, unknown> {
  return { ...key(position.slice(position.indexOf('#') + 1)), inbox, inboxTime: position };
}

function toInboxMessage(item: Item): InboxMessage {
  const { pk: _pk, sk: _sk, inboxTime: _inboxTime, expiresAt: _expiresAt, ...message } = item;
  return message as unknown as InboxMessage;
}
