import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** FIN-110, FIN-117. An invoice or credit note waits for a number of its issuing entity. */
export const invoiceDrafted = defineEvent({
  name: 'invoice.drafted',
  version: 1,
  detail: z.object({ draftId: z.string(), partnerId: z.string(), entityId: z.string(), draftedAt: z.string() }),
});

/** FIN-110. An invoice or credit note has its number; its files are made next. */
export const invoiceNumbered = defineEvent({
  name: 'invoice.numbered',
  version: 1,
  detail: z.object({ invoiceNo: z.string(), partnerId: z.string(), numberedAt: z.string() }),
});

const announcedBill = z.object({
  billId: z.string(),
  cycle: z.string(),
  currency: z.string(),
  amountDue: z.string(),
  issuedAt: z.string(),
  dueAt: z.string(),
  late: z.boolean(),
});

/** FIN-18. What the mail of a bill says that does not wait for its invoice; `amount` and `currency` are those of the payment. */
const billMail = z.object({ currency: z.string(), amount: z.string(), bill: announcedBill });

/** FIN-18, FIN-110. The invoice of a bill cannot be made out for now; the bill is told of without it. It is tried again by itself. */
export const invoiceDelayed = defineEvent({
  name: 'invoice.delayed',
  version: 1,
  detail: z.object({
    billId: z.string(),
    partnerId: z.string(),
    cycle: z.string(),
    cause: z.string(),
    billMail,
    delayedAt: z.string(),
  }),
});

/** FIN-110, FIN-115. An invoice with its files is there. With `bill`, it is that of a monthly bill, which is announced with it (FIN-18). */
export const invoiceCreated = defineEvent({
  name: 'invoice.created',
  version: 1,
  detail: z.object({
    invoiceNo: z.string(),
    partnerId: z.string(),
    content: z.enum(['Monthly bill', 'Top-up']),
    period: z.string(),
    currency: z.string(),
    amount: z.string(),
    issuedOn: z.string(),
    /** Of the PDF. */
    fileKey: z.string(),
    /** FIN-115: whether the partner wants it by mail; to which address is read when it leaves. */
    mail: z.boolean(),
    replaces: z.string().optional(),
    /** Unless it was told of before, without its invoice. */
    bill: announcedBill.optional(),
    createdAt: z.string(),
  }),
});

/** FIN-117. The document that cancels a returned or withdrawn invoice is there, with its files. */
export const creditNoteCreated = defineEvent({
  name: 'credit-note.created',
  version: 1,
  detail: z.object({
    creditNoteNo: z.string(),
    partnerId: z.string(),
    /** The invoice that it cancels. */
    invoiceNo: z.string(),
    period: z.string(),
    currency: z.string(),
    amount: z.string(),
    issuedOn: z.string(),
    /** Of the PDF. */
    fileKey: z.string(),
    /** FIN-115: whether the partner wants it by mail; to which address is read when it leaves. */
    mail: z.boolean(),
    createdAt: z.string(),
  }),
});

/** FIN-110. The files of an invoice could not be made; an operator has them made again. */
export const invoiceFailed = defineEvent({
  name: 'invoice.failed',
  version: 1,
  detail: z.object({
    invoiceNo: z.string(),
    partnerId: z.string(),
    cause: z.string(),
    /** Of a bill that was not told of yet: it does not wait. */
    billMail: billMail.optional(),
    failedAt: z.string(),
  }),
});

const ticket = {
  ticketId: z.string(),
  partnerId: z.string(),
  kind: z.enum(['request', 'return']),
  cycle: z.string(),
  invoiceNo: z.string().optional(),
};

/** FIN-116, FIN-117. A partner misses an invoice or gives one back. */
export const ticketSubmitted = defineEvent({
  name: 'invoice-ticket.submitted',
  version: 1,
  detail: z.object({ ...ticket, submittedAt: z.string() }),
});

/** FIN-116, FIN-117. An operator has answered. */
export const ticketDecided = defineEvent({
  name: 'invoice-ticket.decided',
  version: 1,
  detail: z.object({ ...ticket, accepted: z.boolean(), answer: z.string(), decidedAt: z.string() }),
});

const certificate = {
  certificateId: z.string(),
  partnerId: z.string(),
  invoiceNo: z.string(),
  billId: z.string(),
  currency: z.string(),
  amount: z.string(),
};

/** FIN-125. A partner has handed in the certificate of tax that it withheld. */
export const certificateUploaded = defineEvent({
  name: 'withholding-certificate.uploaded',
  version: 1,
  detail: z.object({ ...certificate, uploadedAt: z.string() }),
});

/** FIN-125. An operator has reviewed it: accepted clears its part of the bill, rejected opens it again. */
export const certificateReviewed = defineEvent({
  name: 'withholding-certificate.reviewed',
  version: 1,
  detail: z.object({ ...certificate, accepted: z.boolean(), reason: z.string(), reviewedAt: z.string() }),
});
