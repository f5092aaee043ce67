import { type Item, type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, storeMoney } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';

/** What a line of a bill took from a coupon, or, below 0, gave back to it (FIN-64). */
export interface CouponUsage {
  readonly couponId: string;
  readonly billId: string;
  readonly lineId: string;
  readonly customerId: string;
  readonly cycle: BillingMonth;
  readonly amount: Money;
  /** Transaction time of the line: its place in the sequence of FIN-51. */
  readonly time: Instant;
}

const partition = (couponId: string): string => `USES#${couponId}`;
const key = ({ couponId, cycle, time, lineId }: CouponUsage): Key => ({
  pk: partition(couponId),
  sk: `USE#${cycle}#${time}#${lineId}`,
});

/** A line uses a coupon once. */
export const appendUsage = (usage: CouponUsage): Write => ({
  table: 'coupons',
  put: { ...key(usage), ...usage, amount: storeMoney(usage.amount) },
  condition: 'attribute_not_exists(pk)',
});

/** Usage records of a coupon, the newest cycle first, in a cycle the latest line. */
export async function listUsages(
  couponId: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ usages: CouponUsage[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({ table: 'coupons', pk: partition(couponId), newestFirst: true, ...page });
  return { usages: answer.items.map(toUsage), nextKey: answer.nextKey };
}

/** What the bill of a cycle took from a coupon, customer by customer. */
export async function usageByCustomer(couponId: string, cycle: BillingMonth): Promise<Map<string, Money>> {
  const sums = new Map<string, Money>();
  const query = { table: 'coupons', pk: partition(couponId), sk: { beginsWith: `USE#${cycle}#` } } as const;
  for await (const item of queryAll({ ...query, consistent: false, attributes: ['customerId', 'amount'] })) {
    const customerId = String(item.customerId);
    sums.set(customerId, ((sums.get(customerId) ?? 0n) + loadMoney(item.amount)) as Money);
  }
  return sums;
}

function toUsage(item: Item): CouponUsage {
  const { pk: _pk, sk: _sk, ...usage } = item;
  return { ...usage, amount: loadMoney(item.amount) } as unknown as CouponUsage;
}
