import { billStands } from '#lib/billing/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { draftOf, loadSides, requireBillToInvoice } from './draft-invoice.ts';
import { drafted, putDocumentOfBill, putDraft } from './draft-store.ts';
import { invoiceErrors } from './errors.ts';
import type { Invoice } from './invoice.ts';
import { loadInvoice, replaceInvoice } from './invoice-store.ts';
import { madeAgain } from './make-again.ts';
import { markReissued } from './tickets/ticket.ts';

/**
 * FIN-117, FIN-118: another invoice for the bill of a returned one, with what is printed on invoices now; they and the credit note between
 * them name each other, so it comes after that.
 * @throws Refusal BILL_VOIDED, INVOICE_NOT_READY, ALREADY_REISSUED, NOTHING_TO_INVOICE, ISSUING_ENTITY_MISSING
 */
export async function reissueInvoice(named: Invoice, reason: string, now: Instant): Promise<Invoice> {
  const { billId, invoiceNo, partnerId } = named;
  if (billId === undefined) throw new Refusal(invoiceErrors.INVOICE_NOT_READY);
  const sides = await loadSides(partnerId);
  return redecide(async () => {
    const bill = await requireBillToInvoice(billId);
    const before = (await loadInvoice(invoiceNo)) ?? named;
    const after = markReissued(before);
    const draft = await draftOf(bill, sides, now, { replaces: invoiceNo, creditNote: before.cancelledBy });
    await transact({
      writes: [replaceInvoice(before, after), putDocumentOfBill(billId, draft), putDraft(draft), billStands(bill)],
      events: [drafted(draft, now)],
      trace: { partnerId, before: { invoiceNo }, after: { draftId: draft.draftId, reason } },
    });
    return after;
  });
}

/** An operator has the files of an invoice made that could not be made before. @throws Refusal INVOICE_NOT_READY */
export const retryInvoice = (named: Invoice, reason: string, now: Instant): Promise<Invoice> =>
  redecide(async () => {
    const before = (await loadInvoice(named.invoiceNo)) ?? named;
    if (before.status !== 'Failed') throw new Refusal(invoiceErrors.INVOICE_NOT_READY);
    await transact({
      ...madeAgain(before, now),
      trace: { partnerId: before.partnerId, before: { status: 'Failed' }, after: { status: 'Creating', reason } },
    });
    return { ...before, status: 'Creating' };
  });
