import * as z from 'zod';
import { paymentText } from '#lib/billing/index.ts';
import { invoiceUrl } from './files.ts';
import {
  DOCUMENT_TYPES,
  documentTypeOf,
  INVOICE_CONTENTS,
  INVOICE_STATUSES,
  type Invoice,
  isWithholding,
  periodOf,
} from './invoice.ts';

export const invoiceView = z.object({
  invoiceNo: z.string(),
  documentType: z.enum(DOCUMENT_TYPES),
  period: z.string().meta({ examples: ['202208'] }),
  content: z.enum(INVOICE_CONTENTS),
  billId: z.string().nullable(),
  amount: z.string(),
  currency: z.string(),
  status: z.enum(INVOICE_STATUSES),
  issuedOn: z.string(),
  dueAt: z.string().nullable(),
  issuer: z.object({ entityId: z.string(), legalName: z.string() }),
  whtIncluded: z.boolean(),
  whtAmount: z.string(),
  replaces: z.string().nullable(),
  replacedBy: z.string().nullable(),
  cancels: z.string().nullable().meta({ description: 'The invoice that this credit note cancels' }),
  cancelledBy: z.string().nullable().meta({ description: 'The credit note that cancels this invoice' }),
  creditNote: z.string().nullable().meta({ description: 'The credit note that cancels what this invoice replaces' }),
});

export const toInvoiceView = (invoice: Invoice): z.input<typeof invoiceView> => ({
  invoiceNo: invoice.invoiceNo,
  documentType: documentTypeOf(invoice),
  period: periodOf(invoice.cycle),
  content: invoice.content,
  billId: invoice.billId ?? null,
  amount: paymentText(invoice.amount, invoice.currency),
  currency: invoice.currency,
  status: invoice.status,
  issuedOn: invoice.issuedOn,
  dueAt: invoice.dueAt ?? null,
  issuer: { entityId: invoice.issuer.entityId, legalName: invoice.issuer.legalName },
  whtIncluded: isWithholding(invoice),
  whtAmount: paymentText(invoice.withheld, invoice.currency),
  replaces: invoice.replaces ?? null,
  replacedBy: invoice.replacedBy ?? null,
  cancels: invoice.cancels?.invoiceNo ?? null,
  cancelledBy: invoice.cancelledBy ?? null,
  creditNote: invoice.creditNote ?? null,
});

export const detailView = invoiceView.extend({
  payeeAccount: z
    .object({
      payee: z.string(),
      address: z.string(),
      bank: z.string(),
      accountNumber: z.string(),
      swiftCode: z.string(),
    })
    .nullable()
    .meta({ description: 'As printed on the invoice (FIN-79)' }),
  files: z.object({ pdf: z.string(), xml: z.string() }).nullable().meta({
    description: 'Links that live 10 minutes: the invoice, and the same as UBL 2.1; null until they are made',
  }),
});

export async function toDetailView(invoice: Invoice): Promise<z.input<typeof detailView>> {
  const made = invoice.status !== 'Creating' && invoice.failure === undefined;
  return {
    ...toInvoiceView(invoice),
    payeeAccount: invoice.payeeAccount ?? null,
    files: made ? { pdf: await invoiceUrl(invoice, 'pdf'), xml: await invoiceUrl(invoice, 'xml') } : null,
  };
}
