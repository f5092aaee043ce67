import { getItem, type Item, type Key } from '#lib/shared/dynamodb.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { listHandedIn, listKeys } from '../lists.ts';
import type { InvoiceTicket } from './ticket.ts';

const key = (ticketId: string): Key => ({ pk: `TICKET#${ticketId}`, sk: 'TICKET' });

const toItem = (ticket: InvoiceTicket): Key & Item => {
  const { ticketId: id, partnerId, createdAt, status } = ticket;
  return { ...key(id), ...ticket, ...listKeys('TICKETS', { partnerId, createdAt, id, open: status === 'open' }) };
};

export const putNewTicket = (ticket: InvoiceTicket): Write => ({
  table: 'invoices',
  put: toItem(ticket),
  condition: 'attribute_not_exists(pk)',
});

export const replaceTicket = (before: InvoiceTicket, after: InvoiceTicket): Write => ({
  table: 'invoices',
  put: toItem({ ...after, version: before.version + 1 }),
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

export async function loadTicket(ticketId: string): Promise<InvoiceTicket | undefined> {
  const item = await getItem('invoices', key(ticketId));
  return item && toTicket(item);
}

/** A partner's tickets, the newest first; without a partner the open ones of all, the oldest first. */
export async function listTickets(
  partnerId: string | undefined,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ tickets: InvoiceTicket[]; nextKey?: Record<string, unknown> }> {
  const { items, nextKey } = await listHandedIn('TICKETS', partnerId, page);
  return { tickets: items.map(toTicket), nextKey };
}

function toTicket(item: Item): InvoiceTicket {
  const { pk: _pk, sk: _sk, listKey: _lk, listSort: _ls, openKey: _ok, openSort: _os, ...ticket } = item;
  return ticket as unknown as InvoiceTicket;
}
