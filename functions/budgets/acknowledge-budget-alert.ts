import * as z from 'zod';
import { acknowledgeAlert, alertScope, alertView, budgetErrors, toAlertView } from '#lib/budgets/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'acknowledge-budget-alert',
  summary: 'Notes that a member has seen the alert; the first acknowledgement is kept.',
  rules: 'CUS-037, CUS-244',
  route: 'POST /v1/budget-alerts/{alertId}/acknowledge',
  actors: ['member'],
  permission: 'alert.handle',
  scope: alertScope,
  path: z.object({ alertId: idParam }),
  response: alertView,
  errors: [budgetErrors.ALERT_CLEARED],
  run: async ({ path, member, now }) => toAlertView(await acknowledgeAlert(path.alertId, member, now)),
});
