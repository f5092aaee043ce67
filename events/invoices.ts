import * as z from 'zod';
import { defineEvent } from '#lib/shared/outbox.ts';

/** FIN-110. An invoice has its number; its files are made next. */
export const invoiceNumbered = defineEvent({
  name: 'invoice.numbered',
  version: 1,
  detail: z.object({ invoiceNo: z.string(), partnerId: z.string(), numberedAt: z.string() }),
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
    bill: z
      .object({
        billId: z.string(),
        cycle: z.string(),
        currency: z.string(),
        amountDue: z.string(),
        issuedAt: z.string(),
        dueAt: z.string(),
        late: z.boolean(),
      })
      .optional(),
    createdAt: z.string(),
  }),
});

/** FIN-110. The files of an invoice could not be made; an operator has them made again. */
export const invoiceFailed = defineEvent({
  name: 'invoice.failed',
  version: 1,
  detail: z.object({ invoiceNo: z.string(), partnerId: z.string(), cause: z.string(), failedAt: z.string() }),
});
