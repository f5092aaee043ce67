import type { Attachment } from '#lib/shared/attachments.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { invoiceErrors, ticketErrors } from '../errors.ts';
import type { Invoice } from '../invoice.ts';

export const TICKET_KINDS = ['request', 'return'] as const;
export const TICKET_STATUSES = ['open', 'accepted', 'refused'] as const;

/** A partner misses an invoice (FIN-116) or gives one back (FIN-117); an operator decides. */
export interface InvoiceTicket {
  readonly ticketId: string;
  readonly partnerId: string;
  readonly kind: (typeof TICKET_KINDS)[number];
  readonly cycle: BillingMonth;
  readonly billId?: string;
  /** The invoice that is given back. */
  readonly invoiceNo?: string;
  readonly reason: string;
  readonly attachment: Attachment;
  readonly status: (typeof TICKET_STATUSES)[number];
  readonly createdAt: Instant;
  readonly decidedAt?: Instant;
  readonly answer?: string;
  readonly version: number;
}

export interface TicketDecision {
  readonly accepted: boolean;
  readonly answer: string;
}

export function decide(before: InvoiceTicket, { accepted, answer }: TicketDecision, now: Instant): InvoiceTicket {
  if (before.status !== 'open') throw new Refusal(ticketErrors.TICKET_CLOSED);
  return { ...before, status: accepted ? 'accepted' : 'refused', answer, decidedAt: now };
}

/** FIN-117: an invoice is given back once. */
export function requestReturn(invoice: Invoice): Invoice {
  if (invoice.status === 'Returned') throw new Refusal(invoiceErrors.ALREADY_RETURNED);
  if (invoice.status !== 'Invoiced' || invoice.cancels) throw new Refusal(invoiceErrors.INVOICE_NOT_READY);
  return { ...invoice, status: 'Return requested' };
}

/** FIN-117: one other invoice in place of a returned one, after the credit note that cancels that. */
export function markReissued(invoice: Invoice): Invoice {
  if (invoice.status !== 'Returned') throw new Refusal(invoiceErrors.INVOICE_NOT_READY);
  if (invoice.reissued) throw new Refusal(invoiceErrors.ALREADY_REISSUED);
  if (invoice.cancelledBy === undefined) throw new Refusal(invoiceErrors.INVOICE_NOT_READY);
  return { ...invoice, reissued: true };
}
