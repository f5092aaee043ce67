import { getItem, type Item, type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, storeMoney, ZERO } from '#lib/shared/money.ts';
import { shardOf } from '#lib/shared/shards.ts';
import type { Instant } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { Coupon } from './coupon.ts';

export const LAPSE_SHARDS = 8;

const partition = (partnerId: string): string => `COUPONS#${partnerId}`;
const key = ({ partnerId, couponId, expiresAt }: CouponPlace): Key => ({
  pk: partition(partnerId),
  sk: `COUPON#${expiresAt}#${couponId}`,
});
const placeKey = (couponId: string): Key => ({ pk: `COUPON#${couponId}`, sk: 'COUPON' });
const customerIndex = { index: 'byCustomer', keys: { pk: 'customerKey', sk: 'customerSort' } } as const;
const lapseIndex = { index: 'byLapse', keys: { pk: 'lapseKey', sk: 'lapseSort' } } as const;

/** A coupon never changes hands or validity, so its place stays. */
type CouponPlace = Pick<Coupon, 'partnerId' | 'couponId' | 'expiresAt'>;
type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

export function putNewCoupon(coupon: Coupon): Write[] {
  const { partnerId, couponId, expiresAt } = coupon;
  return [
    { table: 'coupons', put: toItem(coupon), condition: 'attribute_not_exists(pk)' },
    {
      table: 'coupons',
      put: { ...placeKey(couponId), partnerId, couponId, expiresAt },
      condition: 'attribute_not_exists(pk)',
    },
  ];
}

/** Replaces a coupon under the version that was read; whoever comes second decides again (ConditionFailed). */
export const moveCoupon = (before: Coupon, after: Coupon): Write => ({
  table: 'coupons',
  put: toItem({ ...after, version: before.version + 1 }),
  condition: 'version = :seen',
  values: { ':seen': before.version },
});

export async function loadCoupon(couponId: string): Promise<Coupon | undefined> {
  const place = await getItem('coupons', placeKey(couponId));
  const item = place && (await getItem('coupons', key(place as unknown as CouponPlace)));
  return item && toCoupon(item);
}

/** Every coupon of a partner, also those that are over, the earliest expiry first. */
export async function loadCoupons(partnerId: string): Promise<Coupon[]> {
  const coupons: Coupon[] = [];
  for await (const item of queryAll({ table: 'coupons', pk: partition(partnerId) })) coupons.push(toCoupon(item));
  return coupons;
}

/** Did the partner ever get a coupon? A bill run asks before it does more than it would without coupons. */
export async function hasCoupons(partnerId: string): Promise<boolean> {
  const page = await queryPage({ table: 'coupons', pk: partition(partnerId), limit: 1 });
  return page.items.length > 0;
}

/** A partner's coupons, the earliest expiry first (FIN-144). */
export async function listCoupons(
  partnerId: string,
  page: Page,
): Promise<{ coupons: Coupon[]; nextKey?: Record<string, unknown> }> {
  const answer = await queryPage({ table: 'coupons', pk: partition(partnerId), ...page });
  return { coupons: answer.items.map(toCoupon), nextKey: answer.nextKey };
}

/** Coupons of one customer alone that are not over in the second of `now`. */
export async function listCouponsOfCustomer(partnerId: string, customerId: string, now: Instant): Promise<Coupon[]> {
  const coupons: Coupon[] = [];
  const pk = customerKey(partnerId, customerId);
  for await (const item of queryAll({ table: 'coupons', ...customerIndex, pk, sk: { from: now.slice(0, 19) } })) {
    coupons.push(toCoupon(item));
  }
  return coupons;
}

/** Ids of coupons that expired before `before` and still hold something. */
export async function listLapsing(
  shard: number,
  before: Instant,
  page: Page,
): Promise<{ couponIds: string[]; nextKey?: Record<string, unknown> }> {
  // Every time begins with a digit; an empty key is no bound.
  const query = { table: 'coupons', ...lapseIndex, pk: lapseKey(shard), sk: { between: ['0', before] } } as const;
  const { items, nextKey } = await queryPage({ ...query, ...page });
  return { couponIds: items.map(({ lapseSort }) => String(lapseSort).split('#')[1] ?? ''), nextKey };
}

const customerKey = (partnerId: string, customerId: string): string => `${partnerId}#${customerId}`;
const lapseKey = (shard: number): string => `LAPSE#${shard}`;

const toItem = (coupon: Coupon): Key & Item => ({
  ...key(coupon),
  ...coupon,
  faceValue: storeMoney(coupon.faceValue),
  balance: storeMoney(coupon.balance),
  ...(coupon.customerId === undefined
    ? {}
    : { customerKey: customerKey(coupon.partnerId, coupon.customerId), customerSort: sort(coupon) }),
  ...(coupon.balance === ZERO
    ? {}
    : { lapseKey: lapseKey(shardOf(coupon.couponId, LAPSE_SHARDS)), lapseSort: sort(coupon) }),
});

const sort = ({ expiresAt, couponId }: Coupon): string => `${expiresAt}#${couponId}`;

const KEYS = ['pk', 'sk', 'customerKey', 'customerSort', 'lapseKey', 'lapseSort'];

function toCoupon(item: Item): Coupon {
  const coupon = Object.fromEntries(Object.entries(item).filter(([name]) => !KEYS.includes(name)));
  return { ...coupon, faceValue: loadMoney(item.faceValue), balance: loadMoney(item.balance) } as unknown as Coupon;
}
