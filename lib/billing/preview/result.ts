import { type Coupon, knownAt, loadCoupons, undoUse, usedByBill } from '#lib/coupons/index.ts';
import { usageCompleteThrough } from '#lib/expenditures/index.ts';
import type { Job } from '#lib/shared/job.ts';
import { exactText, fixedText } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { type Bill, issueBill } from '../bill.ts';
import { postingOf } from '../bill-posting.ts';
import { loadBill } from '../bill-store.ts';
import { toIssuedBillView } from '../bill-view.ts';
import { CannotBill } from '../cannot-bill.ts';
import { debtOf } from '../debt.ts';
import { loadEstimate } from '../estimate-store.ts';
import { exchangeRateOf } from '../exchange-rate-store.ts';
import { loadPartnerRun } from '../partner-run-store.ts';
import { coverTotals } from './cover.ts';
import { differencesOf, notesOf } from './notes.ts';
import { loadCoverables, type PreviewProgress } from './preview-store.ts';

export interface PreviewParameters {
  readonly cycle: BillingMonth;
  readonly partnerId: string;
}

/** The bill as it would be issued now, beside the one that is there. Nothing of it is kept but in the job. */
export async function resultOf(
  job: Job,
  { cycle, partnerId }: PreviewParameters,
  { terms, totals }: PreviewProgress,
  now: Instant,
): Promise<Record<string, unknown>> {
  const [current, run, estimate, exchangeRate, completeThrough, lines] = await Promise.all([
    loadBill(partnerId, cycle),
    loadPartnerRun(cycle, partnerId),
    loadEstimate({ partnerId, cycle }),
    exchangeRateOf(terms.paymentCurrency, cycle),
    usageCompleteThrough(),
    loadCoverables(job),
  ]);
  if (exchangeRate === undefined) {
    throw new CannotBill('EXCHANGE_RATE_MISSING', `no rate into ${terms.paymentCurrency} is set for ${cycle}`);
  }
  const coupons = terms.couponsAsOf === undefined ? [] : await couponsAsIfNew(partnerId, current, terms.couponsAsOf);
  const covered = coverTotals(totals, lines, coupons, terms, now);
  const follows = current !== undefined || run?.state === 'voided' || run?.state === 'voiding';
  const revision = (run?.revision ?? 1) + (follows ? 1 : 0);
  const facts = { partnerId, cycle, revision, totals: covered.totals, terms, exchangeRate };
  const bill = issueBill({ ...facts, usageCompleteThrough: completeThrough }, now);
  return {
    bill: { ...toIssuedBillView({ ...bill, debt: debtOf(bill) }, now) },
    posting: postingOf(bill)
      .legs.filter(({ amount }) => amount !== 0n)
      .map(({ account, currency, amount }) => ({ account, currency, amount: exactText(amount) })),
    coupons: [...covered.used].map(([couponId, used]) => ({ couponId, used: fixedText(used, 8) })),
    notes: notesOf(bill),
    comparedWith: current ? 'issued' : estimate ? 'estimate' : 'nothing',
    differences: differencesOf(bill, current, estimate),
  };
}

/** A bill that is issued already has used them; its successor would find them as if it had not. */
async function couponsAsIfNew(partnerId: string, current: Bill | undefined, asOf: Instant): Promise<Coupon[]> {
  const coupons = knownAt(await loadCoupons(partnerId), asOf);
  if (current?.terms.couponsAsOf === undefined) return coupons;
  const usedBy = new Map((await usedByBill(current)).map(({ coupon, used }) => [coupon.couponId, used]));
  return coupons.map((coupon) => {
    const used = usedBy.get(coupon.couponId);
    return used === undefined ? coupon : undoUse(coupon, used).after;
  });
}
