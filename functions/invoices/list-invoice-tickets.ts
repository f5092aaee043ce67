import * as z from 'zod';
import { billedPartners, partnerField, partnerOf } from '#lib/billing/index.ts';
import { listTickets, ticketView, toTicketView } from '#lib/invoices/index.ts';
import { fromCursor, pageQuery, toCursor } from '#lib/shared/cursor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { operation } from '#lib/shared/operation.ts';

const NAME = 'list-invoice-tickets';

export const handler = operation({
  name: NAME,
  summary: 'Tickets about invoices, the newest first; an operator who names no partner sees the open ones of all.',
  rules: 'FIN-116, FIN-117',
  route: 'GET /v1/invoice-tickets',
  actors: ['member', 'operator'],
  permission: 'invoice.manage',
  partnerTypes: billedPartners,
  query: z.object({ partnerId: partnerField, ...pageQuery }),
  response: z.object({ items: z.array(ticketView), nextCursor: z.string().optional() }),
  errors: [sharedErrors.PARTNER_NOT_FOUND, sharedErrors.CURSOR_INVALID],
  run: async ({ actor, query: { partnerId: named, limit, cursor } }) => {
    const partnerId = actor.kind === 'operator' ? named : partnerOf(actor, named);
    const list = `${NAME}:${partnerId ?? ''}`;
    const { tickets, nextKey } = await listTickets(partnerId, { limit, startKey: fromCursor(cursor, list) });
    return { items: await Promise.all(tickets.map(toTicketView)), nextCursor: toCursor(nextKey, list) };
  },
});
