import { postingsAside } from '#lib/ledger/index.ts';
import { negate, ZERO } from '#lib/shared/money.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { type BillingMonth, billingMonthOf, type Instant, monthStart } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { LAPSE_SHARDS, listLapsing, loadCoupon, moveCoupon } from './coupon-store.ts';
import { endPosting } from './posting.ts';
import { appendQuota } from './quota-store.ts';

/** Whether the bill of a cycle was made for a partner, or needs none: nothing of the cycle is deducted any more. */
export type IsBilled = (partnerId: string, cycle: BillingMonth) => Promise<boolean>;

/**
 * What is left of an expired coupon lapses once the bill of the month in which it expired is out: until then lines of that month may use it
 * (FIN-53). What a refund gives back later lapses with the next run (FIN-64). One that cannot lapse holds up nobody, but fails the run.
 */
export async function lapseCoupons(dueAt: Instant, isBilled: IsBilled): Promise<void> {
  const failures: unknown[] = [];
  const before = monthStart(billingMonthOf(dueAt));
  for (let shard = 0; shard < LAPSE_SHARDS; shard += 1) {
    for await (const couponId of listLapsing(shard, before)) {
      try {
        await lapseCoupon(couponId, isBilled, dueAt);
      } catch (error) {
        failures.push(error);
      }
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} coupons could not lapse`);
}

async function lapseCoupon(couponId: string, isBilled: IsBilled, now: Instant): Promise<void> {
  await redecide(async () => {
    const before = await loadCoupon(couponId);
    if (!before || before.balance === ZERO) return; // the index may lag
    const { partnerId, customerId, balance } = before;
    if (!(await isBilled(partnerId, billingMonthOf(before.expiresAt)))) return;
    const after = { ...before, balance: ZERO, lapsedAt: now };
    const entry = { partnerId, couponId, event: 'expired', amount: negate(balance), quotaAfter: ZERO } as const;
    await transact({
      writes: [
        moveCoupon(before, after),
        appendQuota({ ...entry, time: now }, String(before.version)),
        ...postingsAside(partnerId, [endPosting(before, 'coupon.lapsed')], now),
      ],
      trace: { partnerId, customerId, before, after },
    });
  });
}
