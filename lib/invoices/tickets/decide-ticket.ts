import { ticketDecided } from '#events/invoices.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact, type Write } from '#lib/shared/transaction.ts';
import { draftInvoice } from '../draft-invoice.ts';
import { ticketErrors } from '../errors.ts';
import { loadInvoice, replaceInvoice } from '../invoice-store.ts';
import { afterReturn, decide, type InvoiceTicket, type TicketDecision } from './ticket.ts';
import { loadTicket, replaceTicket } from './ticket-store.ts';

/** FIN-116, FIN-117: what an operator says to a ticket. @throws Refusal TICKET_NOT_FOUND, TICKET_CLOSED, ISSUING_ENTITY_MISSING */
export async function decideTicket(ticketId: string, decision: TicketDecision, now: Instant): Promise<InvoiceTicket> {
  const named = await loadTicket(ticketId);
  if (!named) throw new Refusal(ticketErrors.TICKET_NOT_FOUND);
  decide(named, decision, now);
  // First, because it may be refused and bears repetition: then the ticket stays open.
  if (named.kind === 'request' && named.billId && decision.accepted) await draftInvoice(named.billId, now);
  return redecide(async () => {
    const before = (await loadTicket(ticketId)) ?? named;
    const after = decide(before, decision, now);
    await transact({
      writes: [replaceTicket(before, after), ...(await onInvoice(after))],
      events: [event(ticketDecided, detailOf(after, now), now)],
      trace: { partnerId: before.partnerId, before, after },
    });
    return after;
  });
}

async function onInvoice({ kind, invoiceNo, status }: InvoiceTicket): Promise<Write[]> {
  if (kind !== 'return' || invoiceNo === undefined) return [];
  const invoice = await loadInvoice(invoiceNo);
  return invoice ? [replaceInvoice(invoice, afterReturn(invoice, status === 'accepted'))] : [];
}

const detailOf = (
  { ticketId, partnerId, kind, cycle, invoiceNo, status, answer = '' }: InvoiceTicket,
  now: Instant,
) => ({
  ticketId,
  partnerId,
  kind,
  cycle,
  invoiceNo,
  accepted: status === 'accepted',
  answer,
  decidedAt: now,
});
