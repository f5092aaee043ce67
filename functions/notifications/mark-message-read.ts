import * as z from 'zod';
import { inboxMessageScope, inboxMessageView, markMessageRead, toInboxMessageView } from '#lib/notifications/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'mark-message-read',
  summary: 'Marks an in-app message as read by the caller; others who get it are not affected.',
  rules: 'CUS-116',
  route: 'POST /v1/messages/{messageId}/read',
  actors: ['member', 'customer', 'operator'],
  permission: 'home.view',
  scope: inboxMessageScope,
  path: z.object({ messageId: idParam }),
  response: inboxMessageView,
  errors: [],
  run: async ({ actor, resource }) => toInboxMessageView(await markMessageRead(resource, actor), actor.id),
});
