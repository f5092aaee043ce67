import * as z from 'zod';
import { postingsAside } from '#lib/ledger/index.ts';
import { eachPage } from '#lib/shared/each-page.ts';
import { negate, ZERO } from '#lib/shared/money.ts';
import { sendMessages } from '#lib/shared/queue.ts';
import { redecide } from '#lib/shared/redecide.ts';
import { type BillingMonth, billingMonthOf, type Instant, instant, instantText, monthStart } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { LAPSE_SHARDS, listLapsing, loadCoupon, moveCoupon } from './coupon-store.ts';
import { endPosting } from './posting.ts';
import { appendQuota } from './quota-store.ts';

/** Whether the bill of a cycle was made for a partner, or needs none: nothing of the cycle is deducted any more. */
export type IsBilled = (partnerId: string, cycle: BillingMonth) => Promise<boolean>;

export const lapseMessage = z.object({ couponId: z.string(), dueAt: instantText.transform(instant) });

/** Finds the coupons that expired before this month and still hold something, and hands them on, one message for each. */
export async function sendLapses(dueAt: Instant): Promise<void> {
  const before = monthStart(billingMonthOf(dueAt));
  for (let shard = 0; shard < LAPSE_SHARDS; shard += 1) {
    await eachPage(
      (startKey) => listLapsing(shard, before, { limit: PAGE, startKey }),
      ({ couponIds }) =>
        sendMessages(
          'coupon-lapses',
          couponIds.map((couponId) => ({ couponId, dueAt })),
        ),
    );
  }
}

const PAGE = 500;

/**
 * What is left of an expired coupon lapses once the bill of the month in which it expired is out: until then lines of that month may use it
 * (FIN-53). What a refund gives back later lapses with the next run (FIN-64).
 */
export async function lapseCoupon(
  { couponId, dueAt: now }: z.output<typeof lapseMessage>,
  isBilled: IsBilled,
): Promise<void> {
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
