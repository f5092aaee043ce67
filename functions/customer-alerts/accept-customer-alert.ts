import * as z from 'zod';
import { acceptAlert, churnErrors, customerAlertView, toCustomerAlertView } from '#lib/customer-alerts/index.ts';
import { customerScope } from '#lib/customers/index.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'accept-customer-alert',
  summary: 'Takes a churn alert of a model outside; one per scenario and customer while it is unhandled.',
  rules: 'CUS-209, CUS-210',
  route: 'POST /v1/customers/{customerId}/alerts',
  actors: ['operator'],
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  body: z.object({
    scenario: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'must be a name such as order-cancelled'),
    title: z.string().trim().min(1).max(128),
    details: z.string().trim().min(1).max(1024),
  }),
  response: customerAlertView,
  status: 201,
  errors: [churnErrors.ALERT_ALREADY_OPEN, churnErrors.CUSTOMER_NOT_ASSOCIATED],
  run: async ({ resource, body, now }) => toCustomerAlertView(await acceptAlert(resource, body, now)),
});
