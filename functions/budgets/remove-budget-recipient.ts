import * as z from 'zod';
import { budgetErrors, dropRecipient } from '#lib/budgets/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'remove-budget-recipient',
  summary: "Takes a person off the partner's own list of recipients of budget notices.",
  rules: 'CUS-006, CUS-121',
  route: 'DELETE /v1/budget-recipients/{recipientId}',
  actors: ['member'],
  permission: 'budget-recipient.manage',
  path: z.object({ recipientId: idParam }),
  response: z.undefined(),
  status: 204,
  errors: [budgetErrors.RECIPIENT_NOT_FOUND],
  run: async ({ path, member }) => dropRecipient(member, path.recipientId),
});
