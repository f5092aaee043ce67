import { nextUses, restorationEnd, restoreWrites } from '#lib/coupons/index.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { transact } from '#lib/shared/transaction.ts';
import { billIdOf } from '../bill-id.ts';
import { letGoOfOriginals } from '../bill-store.ts';
import { sendPartners } from '../messages.ts';
import { loadPartnerRun, voidBill } from '../partner-run-store.ts';
import type { PartnerRun } from '../run.ts';
import { moveTally } from '../run-store.ts';
import { loadRestoration, moveRestoration } from './restoration-store.ts';

/** Bounds one message. */
const COMMITS_AT_ONCE = 25;

/**
 * Gives coupons back what a voided bill took of them, some uses of one coupon in each commit, and ends the voiding when nothing is left.
 * A message that comes twice, or one after a crash, goes on behind what is done.
 */
export async function restoreCoupons(run: PartnerRun, now: Instant): Promise<void> {
  const { cycle, partnerId } = run;
  for (let commits = 0; commits < COMMITS_AT_ONCE; commits += 1) {
    if ((await redecide(() => takeStep(run, now))) === 'done') return;
  }
  await sendPartners([{ cycle, partnerId }]);
}

async function takeStep({ cycle, partnerId }: PartnerRun, now: Instant): Promise<'done' | 'more'> {
  const run = await loadPartnerRun(cycle, partnerId);
  if (run?.state !== 'voiding') return 'done';
  const billId = billIdOf(partnerId, cycle, run.revision);
  const restoration = await loadRestoration(billId);
  const of = { billId, partnerId, cycle, step: restoration.step + 1 };
  const next = await nextUses(of, restoration.place);
  if (!next) {
    const end = [voidBill(run, 'voided'), moveTally(run, { from: 'voiding', to: 'voided' })];
    const rest = [...(await restorationEnd(of, now)), ...(await letGoOfOriginals(partnerId, billId))];
    const writes = [moveRestoration(restoration, restoration.place), ...rest, ...end];
    await transact({ aside: true, writes });
    return 'done';
  }
  const place = { couponId: next.coupon.couponId, after: next.groups.at(-1)?.name ?? '' };
  await transact({ aside: true, writes: [moveRestoration(restoration, place), ...restoreWrites(of, next, now)] });
  return 'more';
}
