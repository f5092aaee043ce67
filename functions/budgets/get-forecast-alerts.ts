import * as z from 'zod';
import { loadForecastAlerts } from '#lib/budgets/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'get-forecast-alerts',
  summary: 'Is the partner told when a customer is expected to use up its monthly budget? Off by default.',
  rules: 'CUS-006',
  route: 'GET /v1/budget-forecast-alerts',
  actors: ['member'],
  permission: 'budget-recipient.manage',
  response: z.object({ enabled: z.boolean() }),
  errors: [],
  run: async ({ member }) => ({ enabled: await loadForecastAlerts(member.partnerId) }),
});
