import * as z from 'zod';
import { inboxMessageView, readInboxes, toInboxMessageView } from '#lib/notifications/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

const position = z.object({ before: z.string() });

export const handler = operation({
  name: 'list-messages',
  summary: "The caller's in-app messages, newest first: own ones and those for the caller's roles.",
  rules: 'CUS-116, CUS-150, ORG-10',
  route: 'GET /v1/messages',
  actors: ['member', 'customer', 'operator'],
  permission: 'home.view',
  query: z.object({ ...pageQuery, unread: z.stringbool().default(false) }),
  response: z.object({ items: z.array(inboxMessageView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { limit, cursor, unread } }) => {
    const list = `list-messages:${actor.id}:${unread}`;
    const start = fromCursor(cursor, list);
    const page = await readInboxes(actor, { limit, unread, before: start && position.parse(start).before });
    return {
      items: page.messages.map((message) => toInboxMessageView(message, actor.id)),
      nextCursor: toCursor(page.before === undefined ? undefined : { before: page.before }, list),
    };
  },
});
