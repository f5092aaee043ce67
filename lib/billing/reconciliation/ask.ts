import { Refusal } from '#lib/shared/errors.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { billIdOf } from '../bill-id.ts';
import { runErrors } from '../errors.ts';
import { listPartnerRuns, loadPartnerRun } from '../partner-run-store.ts';
import type { PartnerRun } from '../run.ts';
import { requireRun } from '../start-run.ts';
import { type ReconciliationMessage, sendReconciliations } from './messages.ts';
import type { Asked } from './reconciliation.ts';
import { putBegun } from './reconciliation-store.ts';

const PARTNERS_AT_ONCE = 80;

/**
 * Asks for the reconciliation of a cycle, of all partners or of one.
 * @throws Refusal RUN_NOT_FOUND, PARTNER_NOT_IN_RUN
 */
export async function startReconciliation(
  cycle: BillingMonth,
  partnerId: string | undefined,
  askedAt: Instant,
): Promise<void> {
  await requireRun(cycle);
  if (partnerId === undefined) return sendReconciliations([{ kind: 'partners', cycle, askedAt }]);
  const run = await loadPartnerRun(cycle, partnerId);
  if (!run) throw new Refusal(runErrors.PARTNER_NOT_IN_RUN);
  await begin([run], askedAt);
}

/** Begins with the next page of partners whose bills are final, one message each, then goes on with the page behind it. */
export async function planReconciliation(message: Extract<ReconciliationMessage, { kind: 'partners' }>): Promise<void> {
  const { cycle, askedAt, startKey } = message;
  const page = await listPartnerRuns(cycle, undefined, { limit: PARTNERS_AT_ONCE, startKey });
  await begin(
    page.runs.filter(({ state }) => state === 'issued' || state === 'nothing-to-bill'),
    askedAt,
  );
  if (page.nextKey) await sendReconciliations([{ ...message, startKey: page.nextKey }]);
}

export async function begin(runs: readonly PartnerRun[], askedAt: Instant, runVersion?: number): Promise<void> {
  await putAll(runs.map((run) => ({ ...placeOf(run), askedAt, runVersion })));
  await sendReconciliations(runs.map(({ cycle, partnerId }) => ({ kind: 'partner', cycle, partnerId })));
}

const placeOf = ({
  cycle,
  partnerId,
  revision,
  billId,
}: PartnerRun): Pick<Asked, 'cycle' | 'partnerId' | 'billId'> => ({
  cycle,
  partnerId,
  billId: billId ?? billIdOf(partnerId, cycle, revision),
});

/** Those that were begun at this time or later are left as they are. */
async function putAll(asked: readonly Asked[]): Promise<void> {
  try {
    await transact({ aside: true, writes: asked.map(putBegun) });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const { failures } = error;
    await putAll(asked.filter((_, i) => !failures.has(i)));
  }
}
