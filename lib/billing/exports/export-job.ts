import { billExportRequested } from '#events/billing.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { createJob, type Job, loadJob } from '#lib/shared/job.ts';
import { event } from '#lib/shared/outbox.ts';
import { type BillingMonth, type Instant, monthPlus } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { parseBillId } from '../bill-id.ts';
import { loadBill } from '../bill-store.ts';
import { billingErrors, exportErrors } from '../errors.ts';

export const EXPORT_JOB = 'bill-export';

/** What is exported: the bills of some months, or the lines of one (FIN-156). */
export type ExportWish =
  | { readonly kind: 'bills'; readonly fromCycle: BillingMonth; readonly toCycle: BillingMonth }
  | { readonly kind: 'bill-details'; readonly billId: string };

const MOST_MONTHS = 12;

/**
 * Starts an export; its message leaves with the job (FIN-157).
 * @throws Refusal EXPORT_RANGE_INVALID, EXPORT_RANGE_TOO_LONG, BILL_NOT_FOUND, BILL_NOT_ISSUED
 */
export async function startExport(member: Member, wish: ExportWish, now: Instant): Promise<Job> {
  const { partnerId } = member;
  const total = wish.kind === 'bills' ? checkRange(wish) : await linesOfBill(partnerId, wish.billId);
  const jobId = newId('job', now);
  const request = {
    jobId,
    kind: EXPORT_JOB,
    ownerId: partnerId,
    requestedBy: member.id,
    parameters: wish,
    total,
    createdAt: now,
  };
  await transact({
    writes: [createJob(request)],
    events: [event(billExportRequested, { jobId, partnerId, requestedAt: now }, now)],
    trace: { partnerId, after: wish },
  });
  return requireExport(partnerId, jobId);
}

/** @throws Refusal EXPORT_NOT_FOUND for another partner's too */
export async function requireExport(partnerId: string, jobId: string): Promise<Job> {
  const job = await loadJob(jobId);
  if (job?.kind !== EXPORT_JOB || job.ownerId !== partnerId) throw new Refusal(exportErrors.EXPORT_NOT_FOUND);
  return job;
}

/** FIN-156: at most 12 months, both ends included. */
function checkRange({ fromCycle, toCycle }: { fromCycle: BillingMonth; toCycle: BillingMonth }): undefined {
  if (toCycle < fromCycle) throw new Refusal(exportErrors.EXPORT_RANGE_INVALID);
  if (toCycle >= monthPlus(fromCycle, MOST_MONTHS)) throw new Refusal(exportErrors.EXPORT_RANGE_TOO_LONG);
}

async function linesOfBill(partnerId: string, billId: string): Promise<number> {
  const named = parseBillId(billId);
  if (named?.partnerId !== partnerId) throw new Refusal(billingErrors.BILL_NOT_FOUND);
  const bill = await loadBill(partnerId, named.cycle);
  if (!bill) throw new Refusal(billingErrors.BILL_NOT_ISSUED);
  return bill.lineCount;
}
