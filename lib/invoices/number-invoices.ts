import { invoiceNumbered } from '#events/invoices.ts';
import { event } from '#lib/shared/outbox.ts';
import { backoff } from '#lib/shared/retry.ts';
import { type BusinessDay, businessDayOf, type Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { listDrafts, loadSeries, moveSeries, removeDraft, type Series } from './draft-store.ts';
import { type Draft, type Invoice, invoiceNoOf, numbered } from './invoice.ts';
import { putNewInvoice } from './invoice-store.ts';

/** Each draft takes three places of a transaction, the series one. */
const DRAFTS_AT_ONCE = 32;

/**
 * Gives drafts of an entity their numbers until none waits, `atMost` of them.
 * A number is taken in the transaction that makes the invoice, so none is ever lost; whoever loses a race has written nothing and reads
 * anew.
 * @returns how many got their number here
 */
export async function numberInvoices(
  entityId: string,
  now: Instant,
  atMost = Number.POSITIVE_INFINITY,
): Promise<number> {
  let given = 0;
  for (let lost = 0; given < atMost; ) {
    const year = businessDayOf(now).slice(0, 4);
    const [series, drafts] = await Promise.all([loadSeries(entityId, year), listDrafts(entityId, DRAFTS_AT_ONCE)]);
    if (drafts.length === 0) break;
    if (await take(series, drafts, now)) {
      given += drafts.length;
      lost = 0;
    } else {
      lost += 1;
      await backoff(Math.min(lost, 4));
    }
  }
  return given;
}

/** @returns whether the numbers are ours */
async function take(series: Series, drafts: readonly Draft[], now: Instant): Promise<boolean> {
  const issuedOn = dayOf(series, now);
  const invoices = drafts.map((draft, i) => toInvoice(draft, series, i, issuedOn));
  try {
    await transact({
      aside: true,
      writes: [moveSeries(series, drafts.length, issuedOn), ...drafts.map(removeDraft), ...invoices.map(putNewInvoice)],
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
