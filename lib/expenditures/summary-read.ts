import type { Actor } from '#lib/shared/actor.ts';
import type { BillingMonth, BusinessDay, Instant } from '#lib/shared/time.ts';
import { usageCompleteThrough } from './feed.ts';
import { inParallel } from './parallel.ts';
import type { CycleOfCustomer } from './record-store.ts';
import { Days, Rows, type SummaryRow } from './summary.ts';
import { businessDay, isPublished, type SummaryDay } from './summary-day.ts';
import type { SummaryMessage } from './summary-message.ts';
import { planSummary } from './summary-plan.ts';
import { loadDayCounts, loadSummaries, sumRecords } from './summary-store.ts';
import { type ExpenditureAccess, isShown, requireAccess } from './view-access.ts';

/** Records that one request sums itself; days beyond are summed by a job. */
const SUM_AT_MOST = 2_000;
/** Records read in one run of days, those that end at the midnight before it included. */
const READ_AT_MOST = 2 * SUM_AT_MOST;
const READS_AT_ONCE = 4;

export interface Summary {
  readonly access: ExpenditureAccess;
  readonly rows: readonly SummaryRow[];
  /** Published days that are not in the rows yet. */
  readonly pendingDays: readonly BusinessDay[];
  readonly usageCompleteThrough?: Instant;
}

/**
 * What a customer spent in a month, by kind of charge, over the days that are published (ORD-128). Exact: a day is either in it with
 * all its records, or named as pending.
 * @throws Refusal CUSTOMER_NOT_FOUND, BILL_ACCESS_REVOKED
 */
export async function readSummary(
  actor: Actor,
  query: { readonly customerId: string; readonly cycle: BillingMonth },
  now: Instant,
): Promise<Summary> {
  const access = await requireAccess(actor, query.customerId);
  const parts = await Promise.all(access.partnerIds.map((partnerId) => readPart({ partnerId, ...query }, now)));
  const rows = new Rows();
  for (const row of parts.flatMap((part) => part.rows)) {
    if (isShown(access, row)) rows.add({ ...row, resellerId: undefined });
  }
  return {
    access,
    rows: rows.all(),
    pendingDays: [...new Set(parts.flatMap((part) => part.pendingDays))].sort(),
    usageCompleteThrough: await usageCompleteThrough(),
  };
}

/** What was charged under one partner. */
async function readPart(of: CycleOfCustomer, now: Instant): Promise<Pick<Summary, 'rows' | 'pendingDays'>> {
  const [counts, stored] = await Promise.all([loadDayCounts(of), loadSummaries(of)]);
  const published = new Map([...counts].filter(([day]) => isPublished(businessDay(of.cycle, day), now)));
  const { known, runs } = planSummary(published, stored, SUM_AT_MOST);
  const summed = new Days(of.cycle);
  await inParallel(runs, READS_AT_ONCE, (run) => sumRecords(of, run, summed, READ_AT_MOST));

  const rows: SummaryRow[] = [];
  const pending: SummaryDay[] = [];
  for (const [day, count] of published) {
    const summary = known.get(day) ?? summed.of(day);
    if (summary.count === count) rows.push(...summary.rows);
    else pending.push(day); // too many records, or the index has not caught up
  }
  if (pending.length > 0) {
    const { sendMessages } = await import('#lib/shared/queue.ts'); // a client that few requests need
    await sendMessages(
      'expenditure-summaries',
      pending.map((day): SummaryMessage => ({ ...of, day })),
    );
  }
  return { rows, pendingDays: pending.map((day) => businessDay(of.cycle, day)) };
}
