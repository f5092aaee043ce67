import * as z from 'zod';
import { addRecipient, budgetErrors, recipientView, toRecipientView } from '#lib/budgets/index.ts';
import { emailField, nameField, phoneField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'add-budget-recipient',
  summary: "Adds a person who is told from now on about the budgets of all the partner's customers.",
  rules: 'CUS-006, CUS-121 to CUS-123',
  route: 'POST /v1/budget-recipients',
  actors: ['member'],
  permission: 'budget-recipient.manage',
  body: z.object({ name: nameField, email: emailField, phone: phoneField }),
  response: recipientView,
  status: 201,
  errors: [budgetErrors.RECIPIENT_EXISTS, budgetErrors.RECIPIENT_LIMIT],
  run: async ({ body, member, now }) => toRecipientView(await addRecipient(member, body, now)),
});
