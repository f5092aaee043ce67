import { listMonth } from '#lib/expenditures/index.ts';
import { log } from '#lib/shared/log.ts';
import type { Instant } from '#lib/shared/time.ts';
import { billIdOf } from '../bill-id.ts';
import { CannotBill } from '../cannot-bill.ts';
import { addFrozen, type Frozen, NOTHING, sameFrozen } from '../frozen.ts';
import { countLines } from '../line-page-store.ts';
import type { PartnerRun } from '../run.ts';
import { begin } from './ask.ts';
import { named } from './difference.ts';
import { listDifferences, loadReconciliation } from './reconciliation-store.ts';

/**
 * Before the issue: as many lines as records were frozen, and the months still those that were frozen. Counting costs little; only when
 * it does not come out are records and lines compared one by one, and what differs holds back this bill and no other.
 * @returns whether the bill may be issued; if not yet, the comparison lets the partner go on when it is done
 * @throws CannotBill RECONCILIATION_FAILED, naming the records
 */
export async function mayIssue(run: PartnerRun, now: Instant): Promise<boolean> {
  if (await comesOut(run)) return true;
  const known = await loadReconciliation(run);
  if (known?.runVersion !== run.version || known.state === 'running') {
    log.warn('bill held back', { cycle: run.cycle, partnerId: run.partnerId });
    await begin([run], now, run.version); // one that runs already is pushed: its message may never have been sent
    return false;
  }
  const { differences } = await listDifferences(known, { limit: NAMED });
  const rest = known.differences > NAMED ? ` and ${known.differences - NAMED} more` : '';
  throw new CannotBill('RECONCILIATION_FAILED', `${differences.map(named).join(', ')}${rest}`);
}

const NAMED = 10;

async function comesOut(run: PartnerRun): Promise<boolean> {
  const { partnerId, cycle, revision, frozen } = run;
  const [lines, months] = await Promise.all([countLines(billIdOf(partnerId, cycle, revision)), sumOfMonths(run)]);
  return lines === frozen.count && sameFrozen(months, frozen);
}

async function sumOfMonths({ partnerId, cycle }: PartnerRun): Promise<Frozen> {
  let months = NOTHING;
  for await (const month of listMonth(partnerId, cycle)) months = addFrozen(months, month);
  return months;
}
