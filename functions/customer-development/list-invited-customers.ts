import * as z from 'zod';
import {
  DEVELOPMENT_GRANT,
  HISTORY_SORTS,
  invitationMethodField,
  invitationStatusField,
  invitationView,
  listInvitedCustomers,
  toInvitationView,
} from '#lib/customer-development/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

const part = z.string().trim().min(1).max(254).optional().meta({ description: 'Any part of it, in any case' });

export const handler = operation({
  name: 'list-invited-customers',
  summary: 'Customers that were sent an invitation or registered through one, with how far each got; names masked.',
  rules: 'DEV-01, DEV-07, DEV-22, DEV-189 to DEV-191, DEV-194, DEV-215',
  route: 'GET /v1/invitations',
  actors: ['member'],
  permission: 'customer-development.manage',
  partnerGrant: DEVELOPMENT_GRANT,
  query: z.object({
    ...pageQuery,
    customerName: part,
    accountName: part,
    customTag: part,
    email: part,
    method: invitationMethodField.optional(),
    status: invitationStatusField.optional(),
    sort: z.enum(HISTORY_SORTS).default('createdAt'),
    order: z.enum(['ascending', 'descending']).optional().meta({ description: 'Newest first, all else ascending' }),
  }),
  response: z.object({ items: z.array(invitationView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ member, query: { limit, cursor, sort, order, ...filter }, now }) => {
    const descending = (order ?? (sort === 'createdAt' ? 'descending' : 'ascending')) === 'descending';
    const list = `list-invited-customers:${member.id}:${JSON.stringify({ filter, sort, descending })}`;
    const wish = { filter, sort, descending, limit };
    const { invitations, next } = await listInvitedCustomers(member, wish, fromCursor(cursor, list), now);
    return { items: invitations.map((row) => toInvitationView(row, now)), nextCursor: toCursor(next, list) };
  },
});
