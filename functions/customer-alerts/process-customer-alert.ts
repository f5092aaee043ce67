import * as z from 'zod';
import {
  churnErrors,
  customerAlertScope,
  customerAlertView,
  processAlert,
  toCustomerAlertView,
  verdictBody,
} from '#lib/customer-alerts/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'process-customer-alert',
  summary: 'Closes a churn alert for good: whether the customer is lost, and why. The one responsible does it.',
  rules: 'CUS-009, CUS-044, CUS-211 to CUS-217',
  route: 'POST /v1/customer-alerts/{alertId}/process',
  actors: ['member'],
  permission: 'alert.handle',
  scope: customerAlertScope,
  path: z.object({ alertId: idParam }),
  body: verdictBody,
  response: customerAlertView,
  errors: [churnErrors.ALERT_NOT_YOURS, churnErrors.ALERT_ALREADY_HANDLED],
  run: async ({ path, body, member, now }) => toCustomerAlertView(await processAlert(path.alertId, body, member, now)),
});
