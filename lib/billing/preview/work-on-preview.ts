import { listMonth } from '#lib/expenditures/index.ts';
import { MAX_DELIVERIES, type MessageContext } from '#lib/shared/consumer.ts';
import { type Job, loadJob, moveJob, replaceJob } from '#lib/shared/job.ts';
import { log } from '#lib/shared/log.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { CannotBill, causeOf } from '../cannot-bill.ts';
import { collectSlice } from '../coupons/collect-slice.ts';
import { ruleTimeOf } from '../cycle.ts';
import { type FrozenCustomer, frozenOf } from '../frozen.ts';
import { linesOf } from '../line-page.ts';
import { billsForGood } from '../original-bills.ts';
import type { Part } from '../part-store.ts';
import { cutIntoParts } from '../parts.ts';
import { START } from '../position.ts';
import { settleSlice } from '../slice.ts';
import { termsOf } from '../terms.ts';
import { join, NO_LINES } from '../totals.ts';
import { sendPreviews } from './messages.ts';
import { type Coverable, coverablePuts, type PreviewProgress, progressIn } from './preview-store.ts';
import { type PreviewParameters, resultOf } from './result.ts';

const CUSTOMERS_AT_ONCE = 100;

/** Takes a preview a step on; what an operator must mend first ends it with the cause, as it would park the bill. */
export async function workOnPreview(jobId: string, context: MessageContext): Promise<void> {
  const job = await loadJob(jobId);
  if (!job || job.status === 'completed' || job.status === 'failed') return;
  try {
    if (await takeStep(job, context.now)) await sendPreviews([{ kind: 'preview', jobId }]);
  } catch (error) {
    const hopeless = error instanceof CannotBill && !error.passing;
    if (!hopeless && context.attempt < MAX_DELIVERIES) throw error;
    log.error('preview failed', error, { jobId });
    const { code, detail } = causeOf(error);
    const end = { status: 'failed', failure: `${code}: ${detail}`, finishedAt: context.now } as const;
    await moveJob((await loadJob(jobId)) ?? job, end);
  }
}

/** @returns whether another message has to go on from here */
async function takeStep(job: Job, now: Instant): Promise<boolean> {
  const of = job.parameters as unknown as PreviewParameters;
  const known = progressIn(job);
  const progress = known ?? { terms: await termsOf(of, now), after: '', totals: NO_LINES };
  const open = progress.open ?? (await nextCustomers(of, progress.after));
  if (!open) {
    const result = await resultOf(job, of, progress, now);
    return (await moveJob(job, { status: 'completed', result, total: job.done, finishedAt: now })) === undefined;
  }
  const part = partOf(of, open);
  const { slice, found } = await settled(part, progress);
  const after: PreviewProgress = {
    terms: progress.terms,
    after: slice.last ? (open.customers.at(-1)?.customerId ?? '') : progress.after,
    open: slice.last ? undefined : { ...open, position: slice.position },
    totals: join(progress.totals, slice.totals),
  };
  return committed(job, { ...job, status: 'processing', done: after.totals.count, result: { progress: after } }, found);
}

/** @returns `false` when another invocation was faster and goes on */
async function committed(before: Job, after: Job, found: readonly Coverable[]): Promise<boolean> {
  try {
    await transact({ aside: true, writes: [replaceJob(before, after), ...(await coverablePuts(before, found))] });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed && error.failures.has(0)) return false;
    throw error;
  }
}

async function nextCustomers(of: PreviewParameters, after: string): Promise<PreviewProgress['open']> {
  const customers: FrozenCustomer[] = [];
  for await (const month of listMonth(of.partnerId, of.cycle, { first: after, last: '~' })) {
    if (month.count > 0 && month.customerId !== after) {
      customers.push({ customerId: month.customerId, ...frozenOf(month) });
    }
    if (customers.length === CUSTOMERS_AT_ONCE) break;
  }
  const [first] = cutIntoParts(customers);
  return first && { customers: first, position: START };
}

/** As the run has it, but of no bill and kept nowhere. */
const partOf = (of: PreviewParameters, open: NonNullable<PreviewProgress['open']>): Part => ({
  ...of,
  ...open,
  revision: 1,
  part: 1,
  state: 'open',
  totals: NO_LINES,
  restarts: 0,
  version: 1,
});

/** The slice without coupons, and the lines of it that coupons may have to do with. */
async function settled(part: Part, { terms }: PreviewProgress) {
  const { couponsAsOf } = terms;
  const originalBills = billsForGood(part);
  const slice = await settleSlice(part, { ...terms, couponsAsOf: undefined }, originalBills);
  if (couponsAsOf === undefined) return { slice, found: [] };
  const { buckets } = await collectSlice(part, terms, couponsAsOf, originalBills);
  const pages = await Promise.all(slice.pages.map(linesOf));
  const lines = new Map(pages.flat().map((line) => [line.charge.recordId, line]));
  const found: Coverable[] = [];
  for (const candidate of [...buckets.values()].flat()) {
    const line = lines.get(candidate.recordId);
    if (line) found.push({ candidate, settlement: line.settlement.amount, ruleTime: ruleTimeOf(line.charge) });
  }
  return { slice, found };
}
