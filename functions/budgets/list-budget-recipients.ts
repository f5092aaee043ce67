import * as z from 'zod';
import { listRecipients, recipientView, toRecipientView } from '#lib/budgets/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-budget-recipients',
  summary: "The partner's own list of recipients of budget notices, at most 20, oldest first.",
  rules: 'CUS-006, CUS-121',
  route: 'GET /v1/budget-recipients',
  actors: ['member'],
  permission: 'budget-recipient.manage',
  response: z.object({ items: z.array(recipientView) }),
  errors: [],
  run: async ({ member }) => ({ items: (await listRecipients(member.partnerId)).map(toRecipientView) }),
});
