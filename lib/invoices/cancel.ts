import { newId } from '#lib/shared/ids.ts';
import type { OutgoingEvent } from '#lib/shared/outbox.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { creditNoteOf } from './credit-note.ts';
import { drafted, putDraft } from './draft-store.ts';
import { loadInfo } from './info-store.ts';
import type { Invoice } from './invoice.ts';
import { replaceInvoice } from './invoice-store.ts';

/** What goes into one transaction. */
export interface Change {
  readonly writes: readonly Write[];
  readonly events: readonly OutgoingEvent[];
}

/**
 * The invoice is `Returned` and its credit note waits for a number: together or not at all. Once, because nothing leads out of `Returned`
 * and who cancels must have seen the invoice in another state.
 */
export async function cancellationOf(
  before: Invoice,
  change: Partial<Pick<Invoice, 'reissued' | 'failure'>>,
  now: Instant,
): Promise<Change> {
  if (before.status === 'Returned') throw new Error(`${before.invoiceNo} is cancelled already`);
  const creditNote = creditNoteOf(before, await loadInfo(before.partnerId), newId('drf', now), now);
  return {
    writes: [replaceInvoice(before, { ...before, ...change, status: 'Returned' }), putDraft(creditNote)],
    events: [drafted(creditNote, now)],
  };
}
