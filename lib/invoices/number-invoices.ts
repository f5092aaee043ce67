import { invoiceNumbered } from '#events/invoices.ts';
import { event } from '#lib/shared/outbox.ts';
import { type BusinessDay, businessDayOf, type Instant, plus } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { fitting } from './batch.ts';
import { hold, letGo, listDrafts, loadSeries, moveSeries, removeDraft, type Series } from './draft-store.ts';
import { type Draft, type Invoice, invoiceNoOf, numbered } from './invoice.ts';
import { nameCreditNote, putNewInvoice } from './invoice-store.ts';

/** More than fit into one transaction. */
const DRAFTS_AT_ONCE = 40;

/** Longer than a worker may run: who still works still holds it. */
const LEASE_SECONDS = 90;

/**
 * Gives the waiting drafts of an entity their numbers. One worker at a time, because others could only lose races to it: who finds the
 * series held leaves its drafts to the holder, who looks once more after letting go. The hold saves work and guards nothing: a number
 * is taken in the transaction that makes the invoice, under the condition that nobody took one since, so none is lost or given twice.
 * @returns how many got their number here
 */
export async function numberInvoices(entityId: string, now: Instant): Promise<number> {
  let given = 0;
  while ((await listDrafts(entityId, 1)).length > 0) {
    if (!(await hold(entityId, now, plus(now, { seconds: LEASE_SECONDS })))) break;
    given += await numberAll(entityId, now);
    await letGo(entityId);
  }
  return given;
}

async function numberAll(entityId: string, now: Instant): Promise<number> {
  const year = businessDayOf(now).slice(0, 4);
  for (let given = 0; ; ) {
    const [series, waiting] = await Promise.all([loadSeries(entityId, year), listDrafts(entityId, DRAFTS_AT_ONCE)]);
    const drafts = fitting(waiting);
    if (drafts.length === 0) return given;
    if (await take(series, drafts, now)) given += drafts.length;
  }
}

/** @returns whether the numbers are ours */
async function take(series: Series, drafts: readonly Draft[], now: Instant): Promise<boolean> {
  const issuedOn = dayOf(series, now);
  const invoices = drafts.map((draft, i) => toInvoice(draft, series, i, issuedOn));
  try {
    await transact({
      aside: true,
      writes: [
        moveSeries(series, drafts.length, issuedOn),
        ...drafts.map(removeDraft),
        ...invoices.map(putNewInvoice),
        ...invoices.flatMap(({ cancels, invoiceNo }) =>
          cancels ? [nameCreditNote(cancels.invoiceNo, invoiceNo)] : [],
        ),
      ],
      events: invoices.map(({ invoiceNo, partnerId }) =>
        event(invoiceNumbered, { invoiceNo, partnerId, numberedAt: now }, now),
      ),
    });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}

const toInvoice = (draft: Draft, { entityId, year, used }: Series, i: number, issuedOn: BusinessDay): Invoice =>
  numbered(draft, invoiceNoOf(entityId, year, used + i + 1), issuedOn);

/** Numbers and dates rise together, also when clocks around midnight disagree. */
function dayOf({ lastIssuedOn }: Series, now: Instant): BusinessDay {
  const today = businessDayOf(now);
  return lastIssuedOn !== undefined && lastIssuedOn > today ? lastIssuedOn : today;
}
