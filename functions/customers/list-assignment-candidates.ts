import * as z from 'zod';
import { candidateView, listCandidates, toCandidateView } from '#lib/customers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';
import { PARTNER_TYPES } from '#lib/shared/standing.ts';

export const handler = operation({
  name: 'list-assignment-candidates',
  summary: 'Customers to hand to an account manager, newest association first; a page may be short while more follow.',
  rules: 'CUS-007, CUS-193, CUS-194, CUS-048',
  route: 'GET /v1/account-managers/candidates',
  actors: ['member'],
  permission: 'customer.assign',
  partnerTypes: { types: PARTNER_TYPES, error: sharedErrors.PERMISSION_DENIED },
  query: z.object({
    ...pageQuery,
    scope: z.enum(['own', 'resellers']).default('own'),
    unassigned: z.enum(['true', 'false']).default('true').meta({ description: 'Only customers without one' }),
  }),
  response: z.object({ items: z.array(candidateView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ member, standing, query: { limit, cursor, scope, unassigned } }) => {
    const list = `list-assignment-candidates:${member.id}:${scope}:${unassigned}`;
    const wish = { scope, unassigned: unassigned === 'true', limit, startKey: fromCursor(cursor, list) };
    const page = await listCandidates(member, standing.type, wish);
    return {
      items: page.customers.map((customer) => toCandidateView(customer, member.partnerId)),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
