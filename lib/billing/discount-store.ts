import { getItem, type Item, type Key, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney } from '#lib/shared/money.ts';
import type { Write } from '#lib/shared/transaction.ts';
import type { CommercialDiscount, DiscountItem } from './discount.ts';

export const discountsKey = (partnerId: string): string => `DISCOUNTS#${partnerId}`;
const level = (customerId: string | undefined): string =>
  customerId === undefined ? 'PARTNER#' : `CUSTOMER#${customerId}#`;
const key = ({ partnerId, customerId, discountId }: Omit<DiscountPlace, 'pk'>): Key => ({
  pk: discountsKey(partnerId),
  sk: `${level(customerId)}${discountId}`,
});
const placeKey = (discountId: string): Key => ({ pk: `DISCOUNT#${discountId}`, sk: 'DISCOUNT' });
const listIndex = { index: 'byList', keys: { pk: 'listKey', sk: 'listSort' } } as const;

type DiscountPlace = Pick<CommercialDiscount, 'discountId' | 'partnerId' | 'customerId'>;

export function putDiscount(discount: CommercialDiscount): Write[] {
  const { discountId, partnerId, customerId } = discount;
  return [
    { table: 'billing', put: toItem(discount), condition: 'attribute_not_exists(pk)' },
    {
      table: 'billing',
      put: { ...placeKey(discountId), discountId, partnerId, customerId },
      condition: 'attribute_not_exists(pk)',
    },
  ];
}

/** A discount is ended once (FIN-131). */
export const putEndedDiscount = (discount: CommercialDiscount): Write => ({
  table: 'billing',
  put: toItem(discount),
  condition: 'attribute_exists(pk) AND attribute_not_exists(terminatedAt)',
});

export async function loadDiscount(discountId: string): Promise<CommercialDiscount | undefined> {
  const place = await getItem('billing', placeKey(discountId));
  const item = place && (await getItem('billing', key(place as unknown as DiscountPlace)));
  return item && toDiscount(item);
}

/** The discounts of one type: of the partner, or of one of its customers. */
export async function listDiscountsOf(
  partnerId: string,
  customerId: string | undefined,
): Promise<CommercialDiscount[]> {
  return discountsIn(partnerId, { beginsWith: level(customerId) });
}

/** Everything that can apply to the customers from `first` to `last`. */
export async function listDiscountsFor(
  partnerId: string,
  customers: { readonly first: string; readonly last: string },
): Promise<CommercialDiscount[]> {
  const [partnerLevel, customerLevel] = await Promise.all([
    discountsIn(partnerId, { beginsWith: level(undefined) }),
    discountsIn(partnerId, { between: [level(customers.first), `${level(customers.last)}~`] }),
  ]);
  return [...partnerLevel, ...customerLevel];
}

/** A partner's discounts, the latest effective first. */
export async function listDiscounts(
  partnerId: string,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
): Promise<{ discounts: CommercialDiscount[]; nextKey?: Record<string, unknown> }> {
  const query = { table: 'billing', ...listIndex, pk: discountsKey(partnerId), newestFirst: true } as const;
  const answer = await queryPage({ ...query, ...page });
  return { discounts: answer.items.map(toDiscount), nextKey: answer.nextKey };
}

async function discountsIn(
  partnerId: string,
  sk: { readonly beginsWith: string } | { readonly between: readonly [string, string] },
): Promise<CommercialDiscount[]> {
  const discounts: CommercialDiscount[] = [];
  for await (const item of queryAll({ table: 'billing', pk: discountsKey(partnerId), sk })) {
    discounts.push(toDiscount(item));
  }
  return discounts;
}

const toItem = (discount: CommercialDiscount): Key & Item => ({
  ...key(discount),
  ...discount,
  listKey: discountsKey(discount.partnerId),
  listSort: `${discount.effectiveAt}#${discount.discountId}`,
});

function toDiscount(item: Item): CommercialDiscount {
  const { pk: _pk, sk: _sk, listKey: _listKey, listSort: _listSort, ...discount } = item;
  const items = (discount.items as Item[]).map(toDiscountItem);
  return { ...discount, items } as unknown as CommercialDiscount;
}

const toDiscountItem = (item: Item): DiscountItem =>
  (item.kind === 'percentage'
    ? { ...item, discount: loadMoney(item.discount) }
    : { ...item, unitPrice: loadMoney(item.unitPrice) }) as unknown as DiscountItem;
