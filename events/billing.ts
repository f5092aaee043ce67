import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

const issued = {
  billId: z.string(),
  partnerId: z.string(),
  cycle: z.string(),
  currency: z.string(),
  billAmountExact: z.string(),
  amountDue: z.string(),
  paymentCurrency: z.string(),
  exchangeRate: z.string(),
  amountDuePayment: z.string(),
  issuedAt: z.string(),
  late: z.boolean(),
};

/** FIN-17, FIN-18. A partner's bill of a cycle was issued, and there is something to pay. */
export const billIssued = defineEvent({
  name: 'bill.issued',
  version: 1,
  detail: z.object({ ...issued, dueAt: z.string() }),
});

/** FIN-44 to FIN-46. A partner's bill of a cycle was issued, and nothing is to pay; `credit` is what a negative one gives back. */
export const billNoPaymentDue = defineEvent({
  name: 'bill.no-payment-due',
  version: 1,
  detail: z.object({ ...issued, credit: z.string() }),
});

/** FIN-92. Nothing of a bill is outstanding any more, and its last part was paid. */
export const billPaid = defineEvent({
  name: 'bill.paid',
  version: 1,
  detail: z.object({
    billId: z.string(),
    partnerId: z.string(),
    cycle: z.string(),
    paymentCurrency: z.string(),
    paidAmount: z.string(),
    paidAt: z.string(),
  }),
});

/** FIN-14. A bill of which nothing was paid was withdrawn; its invoices need a document against them. Another bill of the cycle may follow. */
export const billVoided = defineEvent({
  name: 'bill.voided',
  version: 1,
  detail: z.object({
    billId: z.string(),
    partnerId: z.string(),
    cycle: z.string(),
    paymentCurrency: z.string(),
    amountDuePayment: z.string(),
    invoiceNos: z.array(z.string()),
    voidedAt: z.string(),
  }),
});

/** FIN-19. A partner's bill could not be issued and waits for an operator. */
export const billParked = defineEvent({
  name: 'bill.parked',
  version: 1,
  detail: z.object({
    partnerId: z.string(),
    cycle: z.string(),
    code: z.string(),
    cause: z.string(),
    parkedAt: z.string(),
  }),
});

/** FIN-157. An export of bills or bill details was asked for. */
export const billExportRequested = defineEvent({
  name: 'bill-export.requested',
  version: 1,
  detail: z.object({ jobId: z.string(), partnerId: z.string(), requestedAt: z.string() }),
});
