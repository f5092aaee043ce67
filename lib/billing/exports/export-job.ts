import { billExportRequested } from '#events/billing.ts';
import { servedRange } from '#lib/ledger/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { createJob, type Job, loadJob } from '#lib/shared/job.ts';
import { event } from '#lib/shared/outbox.ts';
import { type BillingMonth, type Instant, monthPlus } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { parseBillId } from '../bill-id.ts';
import { loadBill } from '../bill-store.ts';
import { billingErrors, exportErrors } from '../errors.ts';
import { type ExportWish, NEEDED } from './wish.ts';

export const EXPORT_JOB = 'bill-export';

const MOST_MONTHS = 12;

/**
 * Starts an export; its message leaves with the job (FIN-157).
 * @throws Refusal PERMISSION_DENIED, EXPORT_RANGE_INVALID, EXPORT_RANGE_TOO_LONG, BILL_NOT_FOUND, BILL_NOT_ISSUED, CONTACT_OPERATOR
 */
export async function startExport(member: Member, wish: ExportWish, now: Instant): Promise<Job> {
  const { partnerId } = member;
  if (!member.permissions.has(NEEDED[wish.kind])) throw new Refusal(sharedErrors.PERMISSION_DENIED);
  const { total, parameters } = await examine(member, wish, now);
  const jobId = newId('job', now);
  const request = {
    jobId,
    kind: EXPORT_JOB,
    ownerId: partnerId,
    requestedBy: member.id,
    parameters,
    total,
    createdAt: now,
  };
  await transact({
    writes: [createJob(request)],
    events: [event(billExportRequested, { jobId, partnerId, requestedAt: now }, now)],
    trace: { partnerId, after: parameters },
  });
  return requireExport(partnerId, jobId);
}

/** @throws Refusal EXPORT_NOT_FOUND for another partner's too */
export async function requireExport(partnerId: string, jobId: string): Promise<Job> {
  const job = await loadJob(jobId);
  if (job?.kind !== EXPORT_JOB || job.ownerId !== partnerId) throw new Refusal(exportErrors.EXPORT_NOT_FOUND);
  return job;
}

/** What a wish comes to: how many rows, where that is known, and a search with both its ends. */
async function examine(
  member: Member,
  wish: ExportWish,
  now: Instant,
): Promise<{ readonly total?: number; readonly parameters: ExportWish }> {
  switch (wish.kind) {
    case 'bills':
      checkRange(wish);
      return { parameters: wish };
    case 'bill-details':
      return { parameters: wish, total: (await requireBill(member.partnerId, wish.billId)).lineCount };
    case 'focus': {
      const { lineCount, taxByComponent } = await requireBill(member.partnerId, wish.billId);
      return { parameters: wish, total: lineCount + Object.keys(taxByComponent).length };
    }
    case 'statements': {
      const { from, to } = servedRange(member, wish, now);
      return { parameters: { ...wish, from, to } };
    }
    case 'coupons':
      return { parameters: wish };
  }
}

/** FIN-156: at most 12 months, both ends included. */
function checkRange({ fromCycle, toCycle }: { fromCycle: BillingMonth; toCycle: BillingMonth }): void {
  if (toCycle < fromCycle) throw new Refusal(exportErrors.EXPORT_RANGE_INVALID);
  if (toCycle >= monthPlus(fromCycle, MOST_MONTHS)) throw new Refusal(exportErrors.EXPORT_RANGE_TOO_LONG);
}

async function requireBill(partnerId: string, billId: string) {
  const named = parseBillId(billId);
  if (named?.partnerId !== partnerId) throw new Refusal(billingErrors.BILL_NOT_FOUND);
  const bill = await loadBill(partnerId, named.cycle, named.revision);
  if (bill?.billId !== billId) throw new Refusal(billingErrors.BILL_NOT_ISSUED);
  return bill;
}
