import { type Posting, postingsAside, postingsOf } from '#lib/ledger/index.ts';
import { add, type Money, negate, sum, ZERO } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Coupon } from './coupon.ts';
import { loadCoupons, moveCoupon } from './coupon-store.ts';
import { endedLegs, forfeitedLegs, usedLegs } from './posting.ts';
import { appendQuota } from './quota-store.ts';
import { sumOfAmounts, undoUse } from './restoring.ts';
import { listUsagesOfBill, takeBackUsages, type UsageGroup } from './usage-store.ts';

/** The voided bill, and which commit of taking it back this is. */
export interface RestoringStep {
  readonly billId: string;
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  readonly step: number;
}

/** The next uses of a voided bill that are to be taken back: of the first coupon behind a place that has any. */
export interface NextUses {
  readonly coupon: Coupon;
  readonly groups: readonly UsageGroup[];
}

const GROUPS_A_STEP = 20;
export const RESTORED_FROM = { couponId: '', after: '' };

/** @param place the coupon, and what of it was taken back last */
export async function nextUses(
  { billId, partnerId, cycle }: Omit<RestoringStep, 'step'>,
  place: typeof RESTORED_FROM,
): Promise<NextUses | undefined> {
  const coupons = (await loadCoupons(partnerId)).sort((a, b) => (a.couponId < b.couponId ? -1 : 1));
  for (const coupon of coupons) {
    const { couponId } = coupon;
    if (couponId < place.couponId) continue;
    const after = couponId === place.couponId ? place.after : '';
    const groups = await listUsagesOfBill({ couponId, billId, cycle }, { after, limit: GROUPS_A_STEP });
    if (groups.length > 0) return { coupon, groups };
  }
  return undefined;
}

/** FIN-136: balance, history, uses and posting together; a coupon that was changed since fails it (ConditionFailed). */
export function restoreWrites(of: RestoringStep, { coupon, groups }: NextUses, now: Instant): Write[] {
  const { billId, partnerId, cycle, step } = of;
  const { couponId } = coupon;
  const { after, restored, unlapsed } = undoUse(coupon, sumOfAmounts(groups.flatMap(({ uses }) => uses)));
  const moved = add(restored, unlapsed);
  const entry = { partnerId, couponId, time: now, billId, cycle, amount: moved, quotaAfter: after.balance };
  const posting: Posting = {
    postingId: `${billId}:voided:coupons:${step}`,
    partnerId,
    kind: 'coupons.restored',
    reference: billId,
    legs: [...usedLegs(negate(restored)), ...endedLegs(negate(unlapsed))],
  };
  return [
    moveCoupon(coupon, after),
    ...groups.map(takeBackUsages),
    ...(moved === ZERO ? [] : [appendQuota({ ...entry, event: moved > 0n ? 'restored' : 'used' }, posting.postingId)]),
    ...postingsAside(partnerId, [posting], now),
  ];
}

/** What refunds of the bill had taken back of coupons without giving it back to them (FIN-61) is undone at last. */
export async function restorationEnd({ billId, partnerId, step }: RestoringStep, now: Instant): Promise<Write[]> {
  const amounts: Money[] = [];
  for await (const { legs } of postingsOf(partnerId, `${billId}:`)) {
    amounts.push(...legs.filter(({ account }) => account === 'coupons-applied').map(({ amount }) => amount));
  }
  const rest = sum(amounts);
  if (rest === ZERO) return [];
  const legs = forfeitedLegs(negate(rest));
  const posting: Posting = {
    postingId: `${billId}:voided:coupons:${step}`,
    partnerId,
    kind: 'coupons.restored',
    reference: billId,
    legs,
  };
  return postingsAside(partnerId, [posting], now);
}

export interface UsedByBill {
  readonly coupon: Coupon;
  readonly used: Money;
}

/** What a bill took from each coupon, all lines together. */
export async function usedByBill(of: Omit<RestoringStep, 'step'>): Promise<UsedByBill[]> {
  const found: UsedByBill[] = [];
  for (const coupon of await loadCoupons(of.partnerId)) {
    const place = { couponId: coupon.couponId, billId: of.billId, cycle: of.cycle };
    const groups = await listUsagesOfBill(place, { after: '', limit: Infinity });
    if (groups.length > 0) found.push({ coupon, used: sumOfAmounts(groups.flatMap(({ uses }) => uses)) });
  }
  return found;
}
