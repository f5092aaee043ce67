import * as z from 'zod';
import {
  INVITATION_STATUSES,
  invitationView,
  listResellerInvitations,
  toInvitationView,
} from '#lib/resellers/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

export const handler = operation({
  name: 'list-reseller-invitations',
  summary: "The distributor's reseller invitations, newest first; a page may be short while more follow.",
  rules: 'DEV-117, DEV-189, DEV-194',
  route: 'GET /v1/reseller-invitations',
  actors: ['member'],
  permission: 'reseller.view',
  partnerTypes: { types: ['distributor'], error: sharedErrors.PARTNER_NOT_ENABLED },
  query: z.object({
    ...pageQuery,
    email: z.string().max(254).optional().meta({ description: 'The whole address' }),
    status: z.enum(INVITATION_STATUSES).optional(),
  }),
  response: z.object({ items: z.array(invitationView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.CURSOR_INVALID],
  run: async ({ query: { limit, cursor, ...filter }, member: { partnerId }, now }) => {
    const list = `list-reseller-invitations:${partnerId}:${JSON.stringify(filter)}`;
    const page = await listResellerInvitations(partnerId, filter, { limit, startKey: fromCursor(cursor, list) }, now);
    return {
      items: page.invitations.map((invitation) => toInvitationView(invitation, now)),
      nextCursor: toCursor(page.nextKey, list),
    };
  },
});
