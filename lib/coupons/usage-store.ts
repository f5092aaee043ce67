import { type Item, type Key, queryAll } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money } from '#lib/shared/money.ts';
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

type Place = Pick<CouponUsage, 'couponId' | 'billId' | 'cycle'>;
type Use = Omit<CouponUsage, keyof Place>;

const partition = (couponId: string): string => `USES#${couponId}`;
const prefix = (cycle: BillingMonth): string => `USE#${cycle}#`;
/** A line may be on two bills, one of them voided. */
const key = ({ couponId, billId, cycle }: Place, last: Use): Key => ({
  pk: partition(couponId),
  sk: `${prefix(cycle)}${last.time}#${last.lineId}#${billId}`,
});

/** Lines that one commit takes from a coupon, in their sequence, are one item: a coupon may serve thousands. A line uses a coupon once. */
export function appendUsages({ couponId, billId, cycle }: Place, uses: readonly [Use, ...Use[]]): Write {
  const rows = uses.map(({ time, lineId, customerId, amount }) => [time, lineId, customerId, String(amount)]);
  return {
    table: 'coupons',
    put: {
      ...key({ couponId, billId, cycle }, uses.at(-1) ?? uses[0]),
      couponId,
      billId,
      cycle,
      uses: JSON.stringify(rows),
    },
    condition: 'attribute_not_exists(pk)',
  };
}

/** Usage records of a coupon, the newest cycle first, in a cycle the latest line. */
export async function listUsages(
  couponId: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ usages: CouponUsage[]; nextKey?: Record<string, unknown> }> {
  const usages: CouponUsage[] = [];
  const { from = 'USE#~', skip = 0 } = (page.startKey ?? {}) as { from?: string; skip?: number };
  const query = { table: 'coupons', pk: partition(couponId), sk: { between: ['USE#', from] } } as const;
  for await (const item of queryAll({ ...query, newestFirst: true, limit: ITEMS_A_READ })) {
    const of = toUsages(item).toReversed();
    const start = item.sk === from ? skip : 0;
    const taken = of.slice(start, start + page.limit - usages.length);
    usages.push(...taken);
    if (usages.length === page.limit) return { usages, nextKey: { from: String(item.sk), skip: start + taken.length } };
  }
  return { usages };
}

const ITEMS_A_READ = 5;

/** What the bill of a cycle took from a coupon, customer by customer. */
export async function usageByCustomer(couponId: string, cycle: BillingMonth): Promise<Map<string, Money>> {
  const sums = new Map<string, Money>();
  const query = { table: 'coupons', pk: partition(couponId), sk: { beginsWith: prefix(cycle) } } as const;
  for await (const item of queryAll({ ...query, consistent: false })) {
    for (const { customerId, amount } of toUsages(item)) {
      sums.set(customerId, ((sums.get(customerId) ?? 0n) + amount) as Money);
    }
  }
  return sums;
}

/** What one commit of a bill took from a coupon. */
export interface UsageGroup {
  readonly name: string;
  readonly of: Place;
  readonly uses: readonly CouponUsage[];
}

/** What a bill took from a coupon, commit by commit, behind the one named `after`; not what was taken back since. */
export async function listUsagesOfBill(
  of: Place,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<UsageGroup[]> {
  const groups: UsageGroup[] = [];
  const first = after === '' ? prefix(of.cycle) : `${after}${TAKEN_BACK}`;
  const sk = { between: [first, `${prefix(of.cycle)}~`] } as const;
  const filter = { expression: 'billId = :bill AND attribute_not_exists(takenBack)', values: { ':bill': of.billId } };
  for await (const item of queryAll({ table: 'coupons', pk: partition(of.couponId), sk, filter })) {
    groups.push({ name: String(item.sk), of, uses: toUsages(item) });
    if (groups.length === limit) break;
  }
  return groups;
}

const TAKEN_BACK = '#taken-back';

/** The other way round, once: the bill was voided. */
export function takeBackUsages({ name, of, uses }: UsageGroup): Write {
  const rows = uses.map(({ time, lineId, customerId, amount }) => [time, lineId, customerId, String(-amount)]);
  return {
    table: 'coupons',
    put: {
      pk: partition(of.couponId),
      sk: `${name}${TAKEN_BACK}`,
      couponId: of.couponId,
      billId: of.billId,
      cycle: of.cycle,
      uses: JSON.stringify(rows),
      takenBack: true,
    },
    condition: 'attribute_not_exists(pk)',
  };
}

function toUsages(item: Item): CouponUsage[] {
  const place = { couponId: item.couponId, billId: item.billId, cycle: item.cycle } as Place;
  const rows = JSON.parse(String(item.uses)) as [Instant, string, string, string][];
  return rows.map(([time, lineId, customerId, amount]) => {
    return { ...place, lineId, customerId, amount: loadMoney(BigInt(amount)), time };
  });
}
