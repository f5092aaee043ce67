import type { Invoice } from './invoice.ts';

export type InvoiceForm = 'pdf' | 'xml';

/** Kept for good, unlike exports. */
export const fileKeyOf = (
  { partnerId, invoiceNo }: Pick<Invoice, 'partnerId' | 'invoiceNo'>,
  form: InvoiceForm,
): string => `invoices/${partnerId}/${invoiceNo}.${form}`;

/** A link to one form of an invoice; lives 10 minutes. */
export async function invoiceUrl(invoice: Invoice, form: InvoiceForm): Promise<string> {
  const { downloadUrl } = await import('#lib/shared/files.ts');
  return downloadUrl(fileKeyOf(invoice, form), `${invoice.invoiceNo}.${form}`);
}
