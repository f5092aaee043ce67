import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import { type Change, cancellationOf } from './cancel.ts';
import { draftsOfBill, removeDraft } from './draft-store.ts';
import type { Invoice } from './invoice.ts';
import { listInvoices, loadInvoice } from './invoice-store.ts';
import { madeAgain } from './make-again.ts';
import { isWaiting, removeWaiting } from './waiting/waiting-store.ts';

interface VoidedBill {
  readonly billId: string;
  readonly partnerId: string;
  readonly cycle: string;
  /** Those that the bill knew of. */
  readonly invoiceNos: readonly string[];
}

/** What was made out for a bill that was voided stands for nothing any more; the bill that follows has its own. */
export async function withdrawInvoices(bill: VoidedBill, now: Instant): Promise<void> {
  if (await isWaiting(bill.billId)) await drop(removeWaiting(bill.billId));
  for (const draft of await draftsOfBill(bill.billId)) await drop(removeDraft(draft));
  for (const invoiceNo of await numbersOf(bill)) await withdraw(invoiceNo, now);
}

/** No number is taken for it. One that got its number in the same instant is cancelled when its files are made. */
async function drop(removal: Write): Promise<void> {
  try {
    await transact({ aside: true, writes: [removal] });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}

/** Also those that the bill did not know of, because their files could not be made. */
async function numbersOf({ billId, partnerId, cycle, invoiceNos }: VoidedBill): Promise<Set<string>> {
  const { invoices } = await listInvoices(partnerId, { cycle }, { limit: MOST_DOCUMENTS });
  const others = invoices.filter((invoice) => invoice.billId === billId && !invoice.cancels);
  return new Set([...invoiceNos, ...others.map(({ invoiceNo }) => invoiceNo)]);
}

/** Of a partner and month: an invoice, those in its place, their credit notes, top-ups. */
const MOST_DOCUMENTS = 500;

const withdraw = (invoiceNo: string, now: Instant): Promise<void> =>
  redecide(async () => {
    const invoice = await loadInvoice(invoiceNo);
    const change = invoice && (await withdrawalOf(invoice, now));
    if (change) await transact({ aside: true, ...change });
  });

/** Each gets its credit note, and nothing is issued in its place. Where files are being made, that ends with the credit note. */
async function withdrawalOf(invoice: Invoice, now: Instant): Promise<Change | undefined> {
  switch (invoice.status) {
    case 'Returned':
    case 'Creating':
      return undefined;
    case 'Failed':
      return madeAgain(invoice, now);
    case 'Invoiced':
    case 'Return requested':
      return cancellationOf(invoice, { reissued: true }, now);
  }
}
