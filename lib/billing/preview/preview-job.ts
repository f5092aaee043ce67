import { listPartners } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { createJob, type Job, loadJob } from '#lib/shared/job.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { previewErrors } from '../errors.ts';
import { type PreviewMessage, sendPreviews } from './messages.ts';

const KIND = 'bill-preview';
const PARTNERS_AT_ONCE = 80;

interface Asked {
  readonly cycle: BillingMonth;
  readonly requestedBy: string;
  readonly askedAt: Instant;
}

export const previewsOf = (cycle: BillingMonth): string => `${KIND}:${cycle}`;
const jobIdOf = (partnerId: string, { cycle, askedAt }: Asked): string => derivedId('job', cycle, partnerId, askedAt);

/** Asks for the preview of one partner's bill. @returns its job */
export async function startPreview(partnerId: string, asked: Asked): Promise<string> {
  const [jobId = ''] = await createAll([partnerId], asked);
  return jobId;
}

/** Asks for a preview of every billed partner. */
export const startPreviews = (asked: Asked): Promise<void> => sendPreviews([{ kind: 'partners', ...asked }]);

export async function planPreviews(message: Extract<PreviewMessage, { kind: 'partners' }>): Promise<void> {
  const page = await listPartners('billed', { limit: PARTNERS_AT_ONCE, startKey: message.startKey });
  await createAll(
    page.partners.map(({ partnerId }) => partnerId),
    message,
  );
  if (page.nextKey) await sendPreviews([{ ...message, startKey: page.nextKey }]);
}

async function createAll(partnerIds: readonly string[], asked: Asked): Promise<string[]> {
  const jobIds = partnerIds.map((partnerId) => jobIdOf(partnerId, asked));
  await putAll(partnerIds, asked);
  await sendPreviews(jobIds.map((jobId) => ({ kind: 'preview', jobId })));
  return jobIds;
}

/** Those that are there already, from a try before, are left as they are. */
async function putAll(partnerIds: readonly string[], asked: Asked): Promise<void> {
  const { cycle, requestedBy, askedAt: createdAt } = asked;
  const writes = partnerIds.map((partnerId) => {
    const parameters = { cycle, partnerId };
    const place = { jobId: jobIdOf(partnerId, asked), kind: previewsOf(cycle), ownerId: 'platform' };
    return createJob({ ...place, requestedBy, parameters, createdAt });
  });
  try {
    await transact({ aside: true, writes });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const { failures } = error;
    await putAll(
      partnerIds.filter((_, i) => !failures.has(i)),
      asked,
    );
  }
}

/** @throws Refusal PREVIEW_NOT_FOUND */
export async function requirePreview(jobId: string): Promise<Job> {
  const job = await loadJob(jobId);
  if (!job?.kind.startsWith(`${KIND}:`)) throw new Refusal(previewErrors.PREVIEW_NOT_FOUND);
  return job;
}
