import * as z from 'zod';
import {
  budgetErrors,
  changedBudgetView,
  checkBudgetWish,
  EXHAUSTION_MODES,
  setBudget,
  toChangedBudgetView,
} from '#lib/budgets/index.ts';
import { controlErrors, customerScope } from '#lib/customers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam, versionField } from '#lib/shared/fields.ts';
import { moneyText, parseMoney } from '#lib/shared/money.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-one-time-budget',
  summary:
    "Sets the customer's single budget to a one-time one, which is never restored, and unfreezes the customer if asked to.",
  rules: 'CUS-057, CUS-058, CUS-060 to CUS-077, CUS-284',
  route: 'PUT /v1/customers/{customerId}/budget/one-time',
  actors: ['member'],
  permission: 'customer.budget',
  scope: customerScope,
  critical: 'set-one-time-budget',
  path: z.object({ customerId: idParam }),
  body: z.object({
    amount: moneyText,
    exhaustionMode: z.enum(EXHAUSTION_MODES).optional(),
    unfreezeNow: z.boolean().default(false),
    expectedVersion: versionField,
  }),
  response: changedBudgetView,
  errors: [
    budgetErrors.BUDGET_AMOUNT_INVALID,
    budgetErrors.QUOTA_EXCEEDED,
    controlErrors.CONTROL_NOT_AUTHORIZED,
    controlErrors.CONTROL_DELEGATED,
    controlErrors.NOT_RESELLER_MODEL,
    controlErrors.PARTNER_ACCOUNT_FROZEN,
    sharedErrors.VERSION_CONFLICT,
  ],
  check: ({ path, body, member, standing }) => checkBudgetWish(path.customerId, body, { member, standing }),
  run: async ({ path, body, member, standing, now }) => {
    const wish = { ...body, customerId: path.customerId, type: 'one-time' as const, amount: parseMoney(body.amount) };
    return toChangedBudgetView(await setBudget(wish, { member, standing }, now), now);
  },
});
