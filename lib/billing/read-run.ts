import { log, count as metric } from '#lib/shared/log.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { loadBills } from './bill-store.ts';
import type { IssuedBill } from './debt.ts';
import { listPartnerRuns } from './partner-run-store.ts';
import type { Reconciliation } from './reconciliation/reconciliation.ts';
import { loadReconciliations } from './reconciliation/reconciliation-store.ts';
import { OPEN_STATES, type PartnerRun, type PartnerState } from './run.ts';
import { loadRun, loadTally } from './run-store.ts';

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

export interface PartnerInRun {
  readonly run: PartnerRun;
  readonly bill?: IssuedBill;
  /** The last one, of this bill or of an attempt at it. */
  readonly reconciliation?: Reconciliation;
}

/** Partners of a run with their bills, by id. */
export async function readPartners(
  cycle: BillingMonth,
  state: PartnerState | undefined,
  page: Page,
): Promise<{ partners: PartnerInRun[]; nextKey?: Record<string, unknown> }> {
  const { runs, nextKey } = await listPartnerRuns(cycle, state, page);
  return { partners: await withBills(runs), nextKey };
}

export async function withBills(runs: readonly PartnerRun[]): Promise<PartnerInRun[]> {
  const [bills, reconciliations] = await Promise.all([
    loadBills(runs.filter(({ billId }) => billId !== undefined)),
    loadReconciliations(runs),
  ]);
  const billOf = new Map(bills.map((bill) => [bill.partnerId, bill]));
  const reconciliationOf = new Map(reconciliations.map((each) => [each.partnerId, each]));
  return runs.map((run) => ({
    run,
    bill: billOf.get(run.partnerId),
    reconciliation: reconciliationOf.get(run.partnerId),
  }));
}

const NAMED = 20;

/** FIN-06, FIN-20: counts the partners without final bill, for the alarm, and names some of them. @returns how many */
export async function watchRun(cycle: BillingMonth): Promise<number> {
  const run = await loadRun(cycle);
  if (!run) {
    log.error('bill run missing', new Error(`the bill run of ${cycle} was never started`), { cycle });
    metric('BillsLate');
    return 1;
  }
  const { partners } = await loadTally(cycle);
  const open = OPEN_STATES.reduce((total, state) => total + partners[state], 0);
  if (open === 0 && run.planned) return 0;
  const pages = await Promise.all(OPEN_STATES.map((state) => listPartnerRuns(cycle, state, { limit: NAMED })));
  const named = pages.flatMap(({ runs }) =>
    runs.map(({ partnerId, state, cause }) => ({ partnerId, state, cause: cause?.code })),
  );
  log.warn('bills are late', { cycle, open, planned: run.planned, partners: named });
  metric('BillsLate', Math.max(open, 1));
  return Math.max(open, 1);
}
