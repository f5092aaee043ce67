import * as z from 'zod';
import { setForecastAlerts } from '#lib/budgets/index.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'set-forecast-alerts',
  summary: "Switches the partner's alerts of forecasts on or off; distributor and reseller each for themselves.",
  rules: 'CUS-006',
  route: 'PUT /v1/budget-forecast-alerts',
  actors: ['member'],
  permission: 'budget-recipient.manage',
  body: z.object({ enabled: z.boolean() }),
  response: z.object({ enabled: z.boolean() }),
  errors: [],
  run: async ({ member, body: { enabled } }) => {
    await setForecastAlerts(member.partnerId, enabled);
    return { enabled };
  },
});
