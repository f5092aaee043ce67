import { ZERO } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { InvoiceInfo } from './info.ts';
import type { Draft, Invoice } from './invoice.ts';

/** FIN-117: the document against an invoice, of the same sides and figures; mailed as the partner wants it now (FIN-115). */
export function creditNoteOf(
  invoice: Invoice,
  { emailEnabled, email }: Pick<InvoiceInfo, 'emailEnabled' | 'email'>,
  draftId: string,
  now: Instant,
): Draft {
  const { partnerId, content, billId, cycle, currency, amount, description } = invoice;
  const { issuer, recipient, language, invoiceNo, issuedOn } = invoice;
  return {
    ...{ draftId, partnerId, content, billId, cycle, currency, amount, description },
    ...{ issuer, recipient, language },
    withheld: ZERO, // of what is cancelled nobody has to hand in a certificate
    mailTo: emailEnabled ? email : undefined,
    cancels: { invoiceNo, issuedOn },
    createdAt: now,
  };
}
