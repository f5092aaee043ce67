import { couponExhausted, couponUsed } from '#events/coupons.ts';
import { type Posting, postingsAside } from '#lib/ledger/index.ts';
import { add, exactText, type Money, negate, subtract, sum, ZERO } from '#lib/shared/money.ts';
import { event, type OutgoingEvent } from '#lib/shared/outbox.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { moveCoupon } from './coupon-store.ts';
import type { CouponMove, Covering } from './covering.ts';
import { endedLegs, forfeitedLegs, usedLegs } from './posting.ts';
import { appendQuota, type QuotaEntry } from './quota-store.ts';
import { appendUsages } from './usage-store.ts';

/** The bill that coupons pay for, and which commit of its run it is. */
export interface CoveringStep {
  readonly billId: string;
  readonly partnerId: string;
  readonly cycle: BillingMonth;
  readonly step: number;
  readonly lineIdOf: (recordId: string) => string;
}

/** Writes and events of one moved coupon, at most: itself, its uses, three entries of the history; used, exhausted. */
export const MOST_WRITES_OF_A_COUPON = 7;
/** Two postings, the partner's balances and the trial balance. */
export const MOST_WRITES_OF_THE_LEDGER = 4;

/** What a step did to coupons, for the transaction that notes the step; a coupon that was changed since fails it (ConditionFailed). */
export function recordMoves(
  of: CoveringStep,
  { moves, forfeited }: Pick<Covering, 'moves' | 'forfeited'>,
  now: Instant,
): { readonly writes: Write[]; readonly events: OutgoingEvent[] } {
  const moved = [...moves.values()];
  const postings = postingsOf(of, moved, forfeited);
  return {
    writes: [
      ...moved.flatMap((move) => writesOf(of, move, now)),
      ...(postings.length > 0 ? postingsAside(of.partnerId, postings, now) : []),
    ],
    events: moved.flatMap((move) => eventsOf(of, move, now)),
  };
}

function writesOf(of: CoveringStep, move: CouponMove, now: Instant): Write[] {
  const { couponId } = move.before;
  const [first, ...others] = move.uses.map(({ line, amount }) => ({
    lineId: of.lineIdOf(line.recordId),
    customerId: line.customerId,
    time: line.transactionTime,
    amount,
  }));
  return [
    moveCoupon(move.before, move.after),
    ...(first ? [appendUsages({ ...of, couponId }, [first, ...others])] : []),
    ...entriesOf(of, move, now).map((entry) => appendQuota(entry, `${of.billId}:${of.step}`)),
  ];
}

/** FIN-136: given back before taken, as far as one commit goes. */
function entriesOf({ partnerId, billId, cycle }: CoveringStep, move: CouponMove, now: Instant): QuotaEntry[] {
  const { before, after, used, restored, lapsed } = move;
  const entry = { partnerId, couponId: before.couponId, time: now, billId, cycle };
  const entries: QuotaEntry[] = [
    { ...entry, event: 'restored', amount: restored, quotaAfter: add(before.balance, restored) },
    { ...entry, event: 'used', amount: negate(used), quotaAfter: add(after.balance, lapsed) },
    { ...entry, event: 'expired', amount: negate(lapsed), quotaAfter: after.balance },
  ];
  return entries.filter(({ amount }) => amount !== ZERO);
}

function postingsOf(
  { billId, partnerId, step }: CoveringStep,
  moves: readonly CouponMove[],
  forfeited: Money,
): Posting[] {
  const total = (field: 'used' | 'restored' | 'lapsed'): Money => sum(moves.map((move) => move[field]));
  const posting = { partnerId, reference: billId };
  const postings: Posting[] = [
    {
      ...posting,
      postingId: `${billId}:coupons:${step}`,
      kind: 'coupons.applied',
      legs: [...usedLegs(subtract(total('used'), total('restored'))), ...forfeitedLegs(forfeited)],
    },
    {
      ...posting,
      postingId: `${billId}:coupons:${step}:lapsed`,
      kind: 'coupon.lapsed',
      legs: endedLegs(total('lapsed')),
    },
  ];
  return postings.filter(({ legs }) => legs.some(({ amount }) => amount !== ZERO));
}

function eventsOf({ partnerId, billId, cycle }: CoveringStep, move: CouponMove, now: Instant): OutgoingEvent[] {
  const { before, after, used } = move;
  if (used === ZERO) return [];
  const detail = { couponId: before.couponId, partnerId, billId, cycle };
  const balance = exactText(after.balance);
  const taken = event(couponUsed, { ...detail, amount: exactText(used), balance, usedAt: now }, now);
  return after.balance === ZERO ? [taken, event(couponExhausted, { ...detail, exhaustedAt: now }, now)] : [taken];
}
