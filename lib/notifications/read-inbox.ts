import type { Actor } from '#lib/shared/actor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import type { Scope } from '#lib/shared/operation.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type InboxMessage, inboxesOf, mergePages } from './inbox.ts';
import { listInbox, loadInboxMessage, markRead } from './inbox-store.ts';

export interface InboxPage {
  readonly messages: InboxMessage[];
  readonly before?: string;
}

/** Pages without a single unread message that one request passes over; the cursor goes on from there. */
const MOST_EMPTY_PAGES = 10;

/** A page of everything that reaches somebody, newest first; with `unread` only what this person has not read. */
export async function readInboxes(
  actor: Actor,
  wish: { readonly limit: number; readonly before?: string; readonly unread: boolean },
): Promise<InboxPage> {
  const unreadBy = wish.unread ? actor.id : undefined;
  let page: InboxPage = { messages: [], before: wish.before };
  for (let pages = 0; pages < MOST_EMPTY_PAGES; pages += 1) {
    const query = { limit: wish.limit, before: page.before, unreadBy };
    const parts = await Promise.all(inboxesOf(actor).map((inbox) => listInbox(inbox, query)));
    page = mergePages(parts, wish.limit);
    if (page.messages.length > 0 || page.before === undefined) break;
  }
  return page;
}

/** The message named in the path, if it lies in an inbox of the caller. */
export const inboxMessageScope: Scope<InboxMessage> = {
  name: 'message',
  parameter: 'messageId',
  notFound: sharedErrors.NOT_FOUND,
  load: async (actor, messageId) => {
    const message = await loadInboxMessage(messageId);
    return message && inboxesOf(actor).includes(message.inbox) ? message : undefined;
  },
};

export async function markMessageRead(message: InboxMessage, reader: Actor): Promise<InboxMessage> {
  await transact({ writes: [markRead(message.messageId, reader.id)] });
  return { ...message, readBy: new Set([...(message.readBy ?? []), reader.id]) };
}
