import { listPartners } from '#lib/partners/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import { type PartnerMessage, sendPartners, sendPlan } from './messages.ts';
import { expectPartner } from './partner-run-store.ts';
import type { BillRun } from './run.ts';
import { loadRun, movePlan, tallyExpected } from './run-store.ts';

/** One write each, and the tally's, in one transaction of at most 100. */
const PARTNERS_AT_ONCE = 80;

/**
 * Gives the next page of billed partners their places in the run and one message each (FIN-07), then goes on with the page behind it.
 * Repeated after a crash anywhere it adds nobody twice and leaves nobody out.
 */
export async function planRun(cycle: BillingMonth): Promise<void> {
  const run = await loadRun(cycle);
  if (!run) throw new Error(`there is no bill run of ${cycle}`);
  if (run.planned) return;
  const page = await listPartners('billed', { limit: PARTNERS_AT_ONCE, startKey: run.startKey });
  const partners = page.partners.map(({ partnerId }) => ({ cycle, partnerId }));
  await expectPartners(cycle, partners);
  await sendPartners(partners);
  if ((await moved(run, page.nextKey)) && page.nextKey) await sendPlan(cycle);
}

/** Those that have their place already, from a try before, are left as they are. */
async function expectPartners(cycle: BillingMonth, partners: readonly PartnerMessage[]): Promise<void> {
  const tally = tallyExpected(
    cycle,
    partners.map(({ partnerId }) => partnerId),
  );
  try {
    await transact({ aside: true, writes: [...partners.map(expectPartner), ...tally] });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    const { failures } = error;
    await expectPartners(
      cycle,
      partners.filter((_, i) => !failures.has(i)),
    );
  }
}

/** `false`: another invocation was faster and goes on. */
async function moved(run: BillRun, startKey: Record<string, unknown> | undefined): Promise<boolean> {
  try {
    await transact({ aside: true, writes: [movePlan(run, startKey)] });
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false;
    throw error;
  }
}
