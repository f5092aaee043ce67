import * as z from 'zod';
import { budgetErrors, forecastView, readForecast, toForecastView } from '#lib/budgets/index.ts';
import { controlErrors, customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-budget-forecast',
  summary:
    'What a monthly budget is expected to come to by the end of the month, and the day on which it will be used up.',
  rules: 'CUS-059, CUS-102',
  route: 'GET /v1/customers/{customerId}/budget/forecast',
  actors: ['member', 'operator'],
  permission: 'customer.view',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  response: forecastView,
  errors: [controlErrors.NOT_RESELLER_MODEL, budgetErrors.BUDGET_NOT_SET, budgetErrors.BUDGET_NOT_MONTHLY],
  run: async ({ resource, now }) => toForecastView(await readForecast(resource, now), now),
});
