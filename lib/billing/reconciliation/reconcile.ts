import { loadPosting, postingsOf } from '#lib/ledger/index.ts';
import { count, log } from '#lib/shared/log.ts';
import { type Money, negate, sum } from '#lib/shared/money.ts';
import type { Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact } from '#lib/shared/transaction.ts';
import type { Bill } from '../bill.ts';
import { issuePostingId, postingOf } from '../bill-posting.ts';
import { loadBill } from '../bill-store.ts';
import { sendPartners } from '../messages.ts';
import { loadPartnerRun } from '../partner-run-store.ts';
import { compareCoupons, compareHeader, compareLegs } from './compare.ts';
import type { Difference } from './difference.ts';
import { sendReconciliations } from './messages.ts';
import type { Reconciliation } from './reconciliation.ts';
import { loadReconciliation, moveReconciliation, putDifferences } from './reconciliation-store.ts';
import { compareStretch, type SettledBy } from './stretch.ts';

type Place = Pick<Reconciliation, 'cycle' | 'partnerId'>;

/**
 * Compares the next records of a partner's bill with its lines, at the end the lines with header and ledger. Differences, sums and place
 * leave in one transaction, so a message that comes twice compares nothing twice.
 */
export async function reconcilePartner(place: Place, now: Instant): Promise<void> {
  const before = await loadReconciliation(place);
  if (!before) throw new Error(`partner ${place.partnerId} is not to be reconciled for ${place.cycle}`);
  const after = before.state === 'done' ? before : await takeStep(before, now);
  if (!after) return; // another invocation was faster and goes on
  const { cycle, partnerId } = after;
  if (after.state === 'running') return sendReconciliations([{ kind: 'partner', cycle, partnerId }]);
  if (after.runVersion !== undefined) await sendPartners([{ cycle, partnerId }]); // its bill waits for the result
}

async function takeStep(before: Reconciliation, now: Instant): Promise<Reconciliation | undefined> {
  const bill = await billOf(before);
  const compared = await compareStretch(before, bill?.terms ?? (await agreedTerms(before)));
  const header = compared.last && bill ? await compareBill(compared.after, bill) : [];
  const found = [...compared.differences, ...header];
  const differences = before.differences + found.length;
  const end = compared.last ? ({ state: 'done', finishedAt: now } as const) : {};
  const after: Reconciliation = { ...compared.after, differences, ...end };
  try {
    await transact({ aside: true, writes: [moveReconciliation(before, after), ...putDifferences(before, found)] });
  } catch (error) {
    if (error instanceof ConditionFailed && error.failures.has(0)) return undefined;
    throw error;
  }
  if (compared.last) report(after);
  return { ...after, version: before.version + 1 };
}

/** The bill that was asked about, unless it was voided since. */
async function billOf({ cycle, partnerId, billId }: Reconciliation): Promise<Bill | undefined> {
  const bill = await loadBill(partnerId, cycle);
  return bill?.billId === billId ? bill : undefined;
}

const NO_TERMS: SettledBy = { taxComponents: [], discountVersion: 0 };

/** Before the issue; a partner without lines has agreed on nothing. */
async function agreedTerms({ cycle, partnerId }: Reconciliation): Promise<SettledBy> {
  const run = await loadPartnerRun(cycle, partnerId);
  return run?.terms ?? NO_TERMS;
}

async function compareBill({ lines }: Reconciliation, bill: Bill): Promise<Difference[]> {
  const [posted, applied] = await Promise.all([
    loadPosting(bill.partnerId, issuePostingId(bill.billId)),
    appliedTo(bill),
  ]);
  return [
    ...compareHeader(lines, bill),
    ...compareLegs(postingOf(bill).legs, posted?.legs),
    ...compareCoupons(bill, applied),
  ];
}

/** What the steps of the coupon pass posted. */
async function appliedTo({ billId, partnerId }: Bill): Promise<Money> {
  const amounts: Money[] = [];
  for await (const { legs } of postingsOf(partnerId, `${billId}:coupons:`)) {
    amounts.push(...legs.filter(({ account }) => account === 'coupons-applied').map(({ amount }) => amount));
  }
  return negate(sum(amounts));
}

function report({ cycle, partnerId, differences }: Reconciliation): void {
  if (differences === 0) return;
  log.warn('bill does not reconcile', { cycle, partnerId, differences });
  count('BillsUnreconciled');
}
