import { ticketSubmitted } from '#events/invoices.ts';
import { billingErrors, requireValidBill } from '#lib/billing/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { attach } from '../attach.ts';
import { requireAmount } from '../draft-invoice.ts';
import { hasDocument } from '../draft-store.ts';
import { invoiceErrors } from '../errors.ts';
import type { Invoice } from '../invoice.ts';
import { loadInvoice, replaceInvoice } from '../invoice-store.ts';
import { type InvoiceTicket, requestReturn } from './ticket.ts';
import { putNewTicket } from './ticket-store.ts';

export interface TicketWish {
  readonly reason: string;
  readonly attachmentId?: string;
}

/** FIN-116. @throws Refusal BILL_NOT_FOUND, BILL_VOIDED, NOTHING_TO_INVOICE, INVOICE_EXISTS, ATTACHMENT_REQUIRED, ATTACHMENT_INVALID */
export async function requestInvoice(
  partnerId: string,
  cycle: BillingMonth,
  wish: TicketWish,
  now: Instant,
): Promise<InvoiceTicket> {
  const { billId } = requireAmount(await requireValidBill({ partnerId, cycle }, billingErrors.BILL_NOT_FOUND));
  if (await hasDocument(billId)) throw new Refusal(invoiceErrors.INVOICE_EXISTS);
  const ticket = await newTicket({ partnerId, kind: 'request', cycle, billId }, wish, now);
  await transact({ writes: [putNewTicket(ticket)], events: [submitted(ticket)], trace: traceOf(ticket) });
  return ticket;
}

/** FIN-117. @throws Refusal ALREADY_RETURNED, INVOICE_NOT_READY, ATTACHMENT_REQUIRED, ATTACHMENT_INVALID */
export async function returnInvoice(named: Invoice, wish: TicketWish, now: Instant): Promise<InvoiceTicket> {
  requestReturn(named); // before the attachment is looked at
  const { partnerId, cycle, billId, invoiceNo } = named;
  const ticket = await newTicket({ partnerId, kind: 'return', cycle, billId, invoiceNo }, wish, now);
  await redecide(async () => {
    const invoice = (await loadInvoice(invoiceNo)) ?? named;
    const writes = [replaceInvoice(invoice, requestReturn(invoice)), putNewTicket(ticket)];
    await transact({ writes, events: [submitted(ticket)], trace: traceOf(ticket) });
  });
  return ticket;
}

async function newTicket(
  about: Pick<InvoiceTicket, 'partnerId' | 'kind' | 'cycle' | 'billId' | 'invoiceNo'>,
  { reason, attachmentId }: TicketWish,
  now: Instant,
): Promise<InvoiceTicket> {
  const ticketId = newId('tkt', now);
  const attachment = await attach(about.partnerId, attachmentId, ticketId);
  return { ...about, ticketId, reason, attachment, status: 'open', createdAt: now, version: 1 };
}

const traceOf = (ticket: InvoiceTicket) => ({ partnerId: ticket.partnerId, after: ticket });

const submitted = ({ ticketId, partnerId, kind, cycle, invoiceNo, createdAt }: InvoiceTicket): OutgoingEvent =>
  event(ticketSubmitted, { ticketId, partnerId, kind, cycle, invoiceNo, submittedAt: createdAt }, createdAt);
