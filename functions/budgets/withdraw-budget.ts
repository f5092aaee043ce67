import * as z from 'zod';
import {
  budgetErrors,
  budgetView,
  checkWithdrawal,
  readBudget,
  toBudgetView,
  withdrawBudget,
} from '#lib/budgets/index.ts';
import { controlErrors, customerScope } from '#lib/customers/index.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam, versionField } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'withdraw-budget',
  summary: 'Takes the budget back to monthly 0.00: not set. The freeze stays as it is.',
  rules: 'CUS-084, CUS-005',
  route: 'POST /v1/customers/{customerId}/budget/withdraw',
  actors: ['member'],
  permission: 'customer.budget',
  scope: customerScope,
  critical: {
    keys: ['set-monthly-budget', 'set-one-time-budget'],
    // CUS-005: under the key of the type withdrawn
    choose: async ({ resource, now }) => `set-${(await readBudget(resource, now)).budget.type}-budget` as const,
  },
  path: z.object({ customerId: idParam }),
  body: z.object({ expectedVersion: versionField }),
  response: budgetView,
  errors: [
    budgetErrors.BUDGET_NOT_SET,
    controlErrors.CONTROL_NOT_AUTHORIZED,
    controlErrors.CONTROL_DELEGATED,
    controlErrors.NOT_RESELLER_MODEL,
    sharedErrors.PARTNER_INACTIVE,
    sharedErrors.VERSION_CONFLICT,
  ],
  check: ({ path, standing }) => checkWithdrawal(path.customerId, { standing }),
  run: async ({ path, body, member, standing, now }) =>
    toBudgetView(await withdrawBudget({ ...path, ...body }, { member, standing }, now), now),
});
