import { invoiceDelayed } from '#events/invoices.ts';
import { billStands } from '#lib/billing/index.ts';
import { MAX_DELIVERIES, type MessageContext } from '#lib/shared/consumer.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { log } from '#lib/shared/log.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { billMailOf } from '../bill-mail.ts';
import { draftInvoice, requireBill } from '../draft-invoice.ts';
import { hasDocument, noDocument } from '../draft-store.ts';
import { entityErrors } from '../errors.ts';
import { isWaiting, putWaiting } from './waiting-store.ts';

/** The invoice of an issued bill. What an operator must mend first, or what fails at the last delivery, waits where it is seen, and its bill does not (FIN-18). */
export async function draftOrWait(billId: string, { now, attempt }: MessageContext): Promise<void> {
  try {
    await draftInvoice(billId, now);
  } catch (error) {
    const missing = isEntityMissing(error);
    if (!missing && attempt < MAX_DELIVERIES) throw error;
    if (!missing) log.error('invoice waits', error, { billId });
    await wait(billId, missing ? entityErrors.ISSUING_ENTITY_MISSING.code : 'PROCESSING_FAILED', now);
  }
}

export const isEntityMissing = (error: unknown): boolean =>
  error instanceof Refusal && error.definition === entityErrors.ISSUING_ENTITY_MISSING;

/** Told once, with the item; a draft, or a void, in the same instant comes first or after it. */
const wait = (billId: string, cause: string, now: Instant): Promise<void> =>
  redecide(async () => {
    const bill = await requireBill(billId);
    if (bill.debt.status === 'voided' || (await hasDocument(billId)) || (await isWaiting(billId))) return;
    const { partnerId, cycle } = bill;
    const detail = { billId, partnerId, cycle, cause, billMail: billMailOf(bill), delayedAt: now };
    await transact({
      aside: true,
      writes: [putWaiting({ billId, partnerId, cycle, cause, since: now }), noDocument(billId), billStands(bill)],
      events: [event(invoiceDelayed, detail, now)],
    });
  });
