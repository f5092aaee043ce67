import * as z from 'zod';
import { CHURN_STATUSES, listCustomerAlerts, listedAlertView, toListedAlertView } from '#lib/customer-alerts/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';
import { PARTNER_TYPES } from '#lib/shared/standing.ts';

const part = z.string().trim().min(1).max(64).optional();

export const handler = operation({
  name: 'list-customer-alerts',
  summary: "Churn alerts of the partner's customers, newest first; a page may be short while more follow.",
  rules: 'CUS-008, CUS-208, CUS-217, CUS-243, CUS-247, ORG-17',
  route: 'GET /v1/customer-alerts',
  actors: ['member'],
  permission: 'alert.handle',
  partnerTypes: { types: PARTNER_TYPES, error: sharedErrors.PERMISSION_DENIED },
  query: z.object({
    ...pageQuery,
    scope: z.enum(['own', 'resellers']).default('own'),
    status: z.enum(CHURN_STATUSES).optional(),
    customerName: part.meta({ description: 'Part of the customer or account name' }),
    accountManagerName: part.meta({ description: 'Part of the name' }),
  }),
  response: z.object({ items: z.array(listedAlertView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor, scope, ...filter }, member, standing }) => {
    const list = `list-customer-alerts:${member.id}:${scope}:${JSON.stringify(filter)}`;
    const wish = { scope, filter, limit, startKey: fromCursor(cursor, list) };
    const page = await listCustomerAlerts(member, standing.type, wish);
    return { items: page.alerts.map(toListedAlertView), nextCursor: toCursor(page.nextKey, list) };
  },
});
