import * as z from 'zod';
import type { InboxMessage } from './inbox.ts';

export const inboxMessageView = z.object({
  messageId: z.string(),
  kind: z.string().meta({ description: 'What it is about', examples: ['budget-alert'] }),
  title: z.string().meta({ description: 'Plain text' }),
  text: z.string().meta({ description: 'Plain text, one fact per line' }),
  createdAt: z.string(),
  read: z.boolean(),
});

export const toInboxMessageView = (message: InboxMessage, readerId: string): z.input<typeof inboxMessageView> => ({
  messageId: message.messageId,
  kind: message.kind,
  title: message.title,
  text: message.text,
  createdAt: message.createdAt,
  read: message.readBy?.has(readerId) === true,
});
