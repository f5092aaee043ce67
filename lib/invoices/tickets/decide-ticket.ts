import { ticketDecided } from '#events/invoices.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { type Change, cancellationOf } from '../cancel.ts';
import { draftInvoice, requireBillToInvoice } from '../draft-invoice.ts';
import { ticketErrors } from '../errors.ts';
import { loadInvoice, replaceInvoice } from '../invoice-store.ts';
import { decide, type InvoiceTicket, type TicketDecision } from './ticket.ts';
import { loadTicket, replaceTicket } from './ticket-store.ts';

/** FIN-116, FIN-117: what an operator says to a ticket. @throws Refusal TICKET_NOT_FOUND, TICKET_CLOSED, BILL_VOIDED, ISSUING_ENTITY_MISSING */
export async function decideTicket(ticketId: string, decision: TicketDecision, now: Instant): Promise<InvoiceTicket> {
  const named = await loadTicket(ticketId);
  if (!named) throw new Refusal(ticketErrors.TICKET_NOT_FOUND);
  decide(named, decision, now);
  // First, because it may be refused and bears repetition: then the ticket stays open.
  if (named.kind === 'request' && named.billId && decision.accepted) {
    const { billId } = await requireBillToInvoice(named.billId);
    await draftInvoice(billId, now);
  }
  return redecide(async () => {
    const before = (await loadTicket(ticketId)) ?? named;
    const after = decide(before, decision, now);
    const { writes, events } = await onInvoice(after, now);
    await transact({
      writes: [replaceTicket(before, after), ...writes],
      events: [event(ticketDecided, detailOf(after, now), now), ...events],
      trace: { partnerId: before.partnerId, before, after },
    });
    return after;
  });
}

/** An invoice whose bill was voided meanwhile is Returned and has its credit note, whatever the answer is. */
async function onInvoice({ kind, invoiceNo, status }: InvoiceTicket, now: Instant): Promise<Change> {
  const invoice = kind === 'return' && invoiceNo !== undefined ? await loadInvoice(invoiceNo) : undefined;
  if (invoice?.status !== 'Return requested') return { writes: [], events: [] };
  if (status === 'accepted') return cancellationOf(invoice, {}, now);
  return { writes: [replaceInvoice(invoice, { ...invoice, status: 'Invoiced' })], events: [] };
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
