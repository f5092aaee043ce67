import { type Item, queryPage } from '#lib/shared/dynamodb.ts';
import { derivedId } from '#lib/shared/ids.ts';
import { loadMoney, type Money, storeMoney } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';

export const QUOTA_EVENTS = ['issued', 'assigned', 'used', 'restored', 'revoked', 'expired'] as const;

/** FIN-136: one change of what a coupon holds. */
export interface QuotaEntry {
  readonly partnerId: string;
  readonly couponId: string;
  readonly event: (typeof QUOTA_EVENTS)[number];
  /** Signed: what comes to the coupon is above 0. */
  readonly amount: Money;
  /** What the coupon holds after it. */
  readonly quotaAfter: Money;
  readonly time: Instant;
  /** Of a use or a restoration. */
  readonly billId?: string;
  readonly cycle?: BillingMonth;
}

const partition = (partnerId: string): string => `HISTORY#${partnerId}`;

/** @param cause what made the change, such as a step of a bill run: entries of one coupon and instant are told apart by it */
export const appendQuota = (entry: QuotaEntry, cause: string): Write => ({
  table: 'coupons',
  put: {
    pk: partition(entry.partnerId),
    sk: `ENTRY#${entry.time}#${derivedId('cqe', entry.couponId, entry.event, cause)}`,
    ...entry,
    amount: storeMoney(entry.amount),
    quotaAfter: storeMoney(entry.quotaAfter),
  },
  condition: 'attribute_not_exists(pk)',
});

/** Quota history of a partner, the newest first; both ends of the range are included. */
export async function listQuota(
  partnerId: string,
  range: { readonly from?: Instant; readonly to?: Instant },
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ entries: QuotaEntry[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({
    table: 'coupons',
    pk: partition(partnerId),
    sk: { between: [`ENTRY#${range.from ?? ''}`, `ENTRY#${range.to ?? ''}~`] },
    newestFirst: true,
    ...page,
  });
  return { entries: answer.items.map(toEntry), nextKey: answer.nextKey };
}

function toEntry(item: Item): QuotaEntry {
  const { pk: _pk, sk: _sk, ...entry } = item;
  return { ...entry, amount: loadMoney(item.amount), quotaAfter: loadMoney(item.quotaAfter) } as unknown as QuotaEntry;
}
