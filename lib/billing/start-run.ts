import { Refusal } from '#lib/shared/errors.ts';
import { type BillingMonth, type Instant, monthStart, nextMonth } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { isClosed } from './cycle.ts';
import { runErrors } from './errors.ts';
import { sendPlan } from './messages.ts';
import type { BillRun } from './run.ts';
import { loadRun, putRun } from './run-store.ts';

/**
 * Starts the run of a cycle. A second start finds the first and answers with it (FIN-15); if that one did not get through its plan, it is
 * pushed on.
 * @throws Refusal CYCLE_NOT_CLOSED
 */
export async function startRun(cycle: BillingMonth, startedBy: string, now: Instant): Promise<BillRun> {
  if (!isClosed(cycle, now)) throw new Refusal(runErrors.CYCLE_NOT_CLOSED, { closesAt: monthStart(nextMonth(cycle)) });
  await putFirst({ cycle, startedAt: now, startedBy, planned: false, version: 1 });
  const run = await requireRun(cycle);
  if (!run.planned) await sendPlan(cycle);
  return run;
}

/** @throws Refusal RUN_NOT_FOUND */
export async function requireRun(cycle: BillingMonth): Promise<BillRun> {
  const run = await loadRun(cycle);
  if (!run) throw new Refusal(runErrors.RUN_NOT_FOUND);
  return run;
}

/** The run that was started first stays. */
async function putFirst(run: BillRun): Promise<void> {
  try {
    await transact({ writes: [putRun(run)], trace: { after: { cycle: run.cycle } } });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
}
