import * as z from 'zod';
import { LEAD_STATUSES, leadView, listLeads, toLeadView } from '#lib/customer-development/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-leads',
  summary: "The partner's leads within the member's data scope, newest first; deleted ones only when asked for.",
  rules: 'DEV-01, DEV-42, DEV-189',
  route: 'GET /v1/leads',
  actors: ['member'],
  permission: 'customer-development.manage',
  query: z.object({
    ...pageQuery,
    customerName: z.string().trim().min(1).max(128).optional().meta({ description: 'Part of the full name' }),
    email: z.string().min(1).max(254).optional(),
    mobileNumber: z.string().min(1).max(16).optional(),
    status: z.enum(LEAD_STATUSES).optional(),
  }),
  response: z.object({ items: z.array(leadView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ member, query: { limit, cursor, ...filter }, now }) => {
    const list = `list-leads:${member.id}:${JSON.stringify(filter)}`;
    const page = await listLeads(member, filter, { limit, startKey: fromCursor(cursor, list) }, now);
    return { items: page.leads.map((lead) => toLeadView(lead, now)), nextCursor: toCursor(page.nextKey, list) };
  },
});
