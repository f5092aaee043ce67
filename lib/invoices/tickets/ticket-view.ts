import * as z from 'zod';
import { attachmentUrl } from '#lib/shared/attachments.ts';
import { periodOf } from '../invoice.ts';
import { type InvoiceTicket, TICKET_KINDS, TICKET_STATUSES } from './ticket.ts';

export const ticketView = z.object({
  ticketId: z.string(),
  partnerId: z.string(),
  kind: z.enum(TICKET_KINDS),
  period: z.string(),
  invoiceNo: z.string().nullable(),
  reason: z.string(),
  status: z.enum(TICKET_STATUSES),
  answer: z.string().nullable(),
  createdAt: z.string(),
  decidedAt: z.string().nullable(),
  attachmentUrl: z.string().meta({ description: 'Lives 10 minutes' }),
});

export const toTicketView = async (ticket: InvoiceTicket): Promise<z.input<typeof ticketView>> => ({
  ticketId: ticket.ticketId,
  partnerId: ticket.partnerId,
  kind: ticket.kind,
  period: periodOf(ticket.cycle),
  invoiceNo: ticket.invoiceNo ?? null,
  reason: ticket.reason,
  status: ticket.status,
  answer: ticket.answer ?? null,
  createdAt: ticket.createdAt,
  decidedAt: ticket.decidedAt ?? null,
  attachmentUrl: await attachmentUrl(ticket.attachment, ticket.ticketId),
});
