import * as z from 'zod';
import {
  ACTIONS,
  actionAnswerView,
  BILLING_MODES,
  checkAction,
  purchaseErrors,
  purchaseIdField,
  toActionAnswerView,
} from '#lib/budgets/index.ts';
import { customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'check-customer-action',
  summary:
    'May the customer do this now? A prepaid purchase with its amount is reserved against the budget with the answer.',
  rules: 'CUS-124 to CUS-144',
  route: 'POST /v1/customers/{customerId}/action-checks',
  actors: ['operator', 'customer'],
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  body: z.object({
    action: z.enum(ACTIONS),
    billingMode: z.enum(BILLING_MODES).meta({ description: 'Of the resource; the present one where it is to change' }),
    purchase: z
      .object({ purchaseId: purchaseIdField, amount: moneyText })
      .optional()
      .meta({ description: 'List price; the same purchase asked for again gets the same answer' }),
  }),
  response: actionAnswerView,
  errors: [
    purchaseErrors.ACTION_UNKNOWN,
    purchaseErrors.PURCHASE_AMOUNT_INVALID,
    purchaseErrors.PURCHASE_CONFLICT,
    purchaseErrors.PURCHASE_ENDED,
  ],
  run: async ({ path, body: { purchase, ...wish }, now }) => {
    const priced = purchase && { ...purchase, amount: parseMoney(purchase.amount) };
    return toActionAnswerView(await checkAction(path.customerId, { ...wish, purchase: priced }, now));
  },
});
