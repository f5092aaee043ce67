import { couponIssued } from '#events/coupons.ts';
import { loadCustomer } from '#lib/customers/index.ts';
import { postingsAside } from '#lib/ledger/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import { derivedId, newId } from '#lib/shared/ids.ts';
import { exactText } from '#lib/shared/money.ts';
import { event } from '#lib/shared/outbox.ts';
import { redecide } from '#lib/shared/redecide.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type Commit, transact } from '#lib/shared/transaction.ts';
import type { Coupon } from './coupon.ts';
import { loadCoupon, putNewCoupon } from './coupon-store.ts';
import { couponErrors } from './errors.ts';
import { type CouponWish, decideIssue } from './issue.ts';
import { issuePosting } from './posting.ts';
import { appendQuota } from './quota-store.ts';
import { isServed } from './served.ts';
import { putTestHolder } from './test-holder-store.ts';

export interface IssueRequest {
  readonly reason: string;
  /** What the coupon comes from, such as an exchange of earnings: the same cause yields one coupon. */
  readonly causeId?: string;
}

/**
 * FIN-132, FIN-133, FIN-136: gives a partner a coupon; the platform owes it from now on.
 * @throws Refusal COUPON_INVALID, CUSTOMER_NOT_ASSOCIATED
 */
export async function issueCoupon(wish: CouponWish, request: IssueRequest, now: Instant): Promise<Coupon> {
  const { causeId, reason } = request;
  const couponId = causeId === undefined ? newId('cpn', now) : derivedId('cpn', wish.partnerId, wish.source, causeId);
  return redecide(async () => {
    const known = causeId === undefined ? undefined : await loadCoupon(couponId);
    if (known) return known;
    const decision = decideIssue(couponId, wish, now);
    if ('faults' in decision) throw new Refusal(couponErrors.COUPON_INVALID, {}, decision.faults);
    await requireOwn(wish);
    await transact(issueCommit(decision.coupon, reason, now));
    return decision.coupon;
  });
}

const issueCommit = (coupon: Coupon, reason: string, now: Instant): Commit => ({
  writes: [
    ...putNewCoupon(coupon),
    appendQuota({ ...quotaOf(coupon), event: 'issued', time: now }, coupon.couponId),
    ...postingsAside(coupon.partnerId, [issuePosting(coupon)], now),
    ...(coupon.kind === 'test' ? [putTestHolder(coupon.partnerId)] : []),
  ],
  events: [event(couponIssued, { ...coupon, faceValue: exactText(coupon.faceValue) }, now)],
  trace: { partnerId: coupon.partnerId, customerId: coupon.customerId, after: { ...coupon, reason } },
});

const quotaOf = ({ partnerId, couponId, balance }: Coupon) => ({
  partnerId,
  couponId,
  amount: balance,
  quotaAfter: balance,
});

/** A coupon is tied to what is the partner's own: a customer in the reseller model, a reseller of a distributor. */
async function requireOwn({ partnerId, customerId, resellerId }: CouponWish): Promise<void> {
  const [customer, reseller] = await Promise.all([
    customerId === undefined ? undefined : loadCustomer(customerId),
    resellerId === undefined ? undefined : loadPartner(resellerId),
  ]);
  if (resellerId !== undefined && reseller?.distributorId !== partnerId) {
    const detail = 'this is no reseller of the partner';
    throw new Refusal(couponErrors.COUPON_INVALID, {}, [{ pointer: '/resellerId', detail }]);
  }
  if (customerId === undefined) return;
  if (!customer || !isServed(customer, partnerId, resellerId)) throw new Refusal(couponErrors.CUSTOMER_NOT_ASSOCIATED);
}
