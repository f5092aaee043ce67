import * as z from 'zod';
import { budgetView, readBudget, toBudgetView } from '#lib/budgets/index.ts';
import { controlErrors, customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-budget',
  summary: 'The budget with its standing, the usage counted against it and the freeze; also what a confirmation shows.',
  rules: 'CUS-033 to CUS-036, CUS-051, CUS-052, CUS-102, CUS-146, CUS-161, CUS-248',
  route: 'GET /v1/customers/{customerId}/budget',
  actors: ['member', 'operator'],
  permission: 'customer.view',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  response: budgetView,
  errors: [controlErrors.NOT_RESELLER_MODEL],
  run: async ({ resource, now }) => toBudgetView(await readBudget(resource, now), now),
});
