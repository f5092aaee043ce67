import * as z from 'zod';
import {
  alertFilter,
  alertView,
  listAlerts,
  requireResellerModel,
  toAlertFilter,
  toAlertView,
} from '#lib/budgets/index.ts';
import { controlErrors, customerScope } from '#lib/customers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { idParam } from '#lib/shared/fields.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-customer-budget-alerts',
  summary: "Alerts of one customer's budget, newest first.",
  rules: 'CUS-244, CUS-055',
  route: 'GET /v1/customers/{customerId}/budget/alerts',
  actors: ['member', 'operator'],
  permission: 'customer.view',
  scope: customerScope,
  path: z.object({ customerId: idParam }),
  query: z.object({ ...pageQuery, ...alertFilter }),
  response: z.object({ items: z.array(alertView), nextCursor: z.string().optional() }),
  errors: [controlErrors.NOT_RESELLER_MODEL, sharedErrors.CURSOR_INVALID],
  run: async ({ path: { customerId }, query: { limit, cursor, ...query }, resource }) => {
    const { partnerId } = requireResellerModel(resource);
    const list = `list-customer-budget-alerts:${partnerId}:${customerId}:${JSON.stringify(query)}`;
    const of = { of: 'customer', partnerId, customerId } as const;
    const page = await listAlerts(of, toAlertFilter(query), { limit, startKey: fromCursor(cursor, list) });
    return { items: page.alerts.map(toAlertView), nextCursor: toCursor(page.nextKey, list) };
  },
});
