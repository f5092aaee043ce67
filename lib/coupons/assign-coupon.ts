import { couponAssigned } from '#events/coupons.ts';
import { associationUnchanged, loadCustomer } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { newId } from '#lib/shared/ids.ts';
import { exactText, type Money, negate } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Commit, transact } from '#lib/shared/transaction.ts';
import { type Assignment, decideAssignment } from './assignment.ts';
import type { Coupon } from './coupon.ts';
import { loadCoupon, moveCoupon, putNewCoupon } from './coupon-store.ts';
import { couponErrors } from './errors.ts';
import { appendQuota } from './quota-store.ts';
import { isServed } from './served.ts';

export interface AssignmentWish {
  readonly customerId: string;
  /** All that is left when missing. */
  readonly amount?: Money;
}

/**
 * FIN-134, FIN-135: gives a part of a coupon, or all of it, to one customer. Nothing moves in the ledger: the partner is owed as much as
 * before.
 * @throws Refusal COUPON_NOT_FOUND, TEST_COUPON_NOT_ASSIGNABLE, COUPON_NOT_AVAILABLE, ASSIGNED_AMOUNT_INVALID, CUSTOMER_NOT_ASSOCIATED
 */
export async function assignCoupon(couponId: string, wish: AssignmentWish, now: Instant): Promise<Assignment> {
  const partId = newId('cpn', now);
  return redecide(async () => {
    const before = await loadCoupon(couponId);
    if (!before) throw new Refusal(couponErrors.COUPON_NOT_FOUND);
    const decision = decideAssignment(before, { ...wish, couponId: partId }, now);
    if ('refusal' in decision) throw new Refusal(couponErrors[decision.refusal]);
    const association = await requireServed(wish.customerId, before);
    const { writes, ...commit } = assignmentCommit(before, decision, now);
    await transact({ ...commit, writes: [...writes, associationUnchanged(wish.customerId, association)] });
    return decision;
  });
}

async function requireServed(customerId: string, { partnerId, resellerId }: Coupon) {
  const customer = await loadCustomer(customerId);
  if (!customer?.association || !isServed(customer, partnerId, resellerId)) {
    throw new Refusal(couponErrors.CUSTOMER_NOT_ASSOCIATED);
  }
  return customer.association;
}

function assignmentCommit(before: Coupon, { source, part }: Assignment, now: Instant): Commit {
  const { partnerId, customerId = '' } = part;
  const amount = part.faceValue;
  const entry = { partnerId, event: 'assigned', time: now } as const;
  const taken = { ...entry, couponId: source.couponId, amount: negate(amount), quotaAfter: source.balance };
  return {
    writes: [
      moveCoupon(before, source),
      ...putNewCoupon(part),
      appendQuota(taken, part.couponId),
      appendQuota({ ...entry, couponId: part.couponId, amount, quotaAfter: amount }, part.couponId),
    ],
    events: [
      event(
        couponAssigned,
        {
          couponId: part.couponId,
          splitFrom: source.couponId,
          partnerId,
          customerId,
          amount: exactText(amount),
          assignedAt: now,
        },
        now,
      ),
    ],
    trace: { partnerId, customerId, before, after: { source, part } },
  };
}
