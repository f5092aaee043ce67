import * as z from 'zod';
import { alertFilter, alertView, listAlertsOfPartner, toAlertFilter, toAlertView } from '#lib/budgets/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';
import { PARTNER_TYPES } from '#lib/shared/standing.ts';

export const handler = operation({
  name: 'list-budget-alerts',
  summary: "Budget alerts of the partner's customers, newest first; a page may be short while more follow.",
  rules: 'CUS-244, CUS-048, ORG-13 to ORG-18',
  route: 'GET /v1/budget-alerts',
  actors: ['member'],
  permission: 'customer.view',
  partnerTypes: { types: PARTNER_TYPES, error: sharedErrors.PERMISSION_DENIED },
  query: z.object({ ...pageQuery, ...alertFilter, scope: z.enum(['own', 'resellers']).default('own') }),
  response: z.object({ items: z.array(alertView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor, scope, ...query }, member, standing }) => {
    const list = `list-budget-alerts:${member.id}:${scope}:${JSON.stringify(query)}`;
    const wish = { scope, filter: toAlertFilter(query), limit, startKey: fromCursor(cursor, list) };
    const page = await listAlertsOfPartner(member, standing.type, wish);
    return { items: page.alerts.map(toAlertView), nextCursor: toCursor(page.nextKey, list) };
  },
});
