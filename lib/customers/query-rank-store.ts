import { getItem, getItems, type Item, queryPage } from '#lib/shared/dynamodb.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import type { Write } from '#lib/shared/transaction.ts';

/** By what a list of customers is ranked (CUS-246). */
export type Ranking = 'month-to-date' | 'budget-usage';

/**
 * Where a customer stands in the rankings of its partners: kept beside it, because neither figure is an attribute of the customer.
 * Written by the consumer of what moves them, read for the order alone; figures that are shown come from their owners.
 */
export interface CustomerRank {
  readonly customerId: string;
  /** Tier-1 partner and reseller at whose customers' rankings it stands. */
  readonly partnerId: string;
  readonly resellerId?: string;
  /** Place of the month-to-date expenditure among those of a month; absent while nothing was spent. */
  readonly monthToDate?: RankPlace;
  /** Place of the budget usage; `among` is the month of a monthly budget, `one-time` for the others. */
  readonly budgetUsage?: RankPlace;
  readonly version: number;
}

export interface RankPlace {
  readonly among: BillingMonth | 'one-time';
  /** Digits of equal length, so that texts compare as the figures do. */
  readonly value: string;
}

/** Whose customers are ranked; an account manager's list has no ranking of its own. */
export type RankedList =
  | { readonly kind: 'own' | 'resellers'; readonly partnerId: string }
  | { readonly kind: 'reseller'; readonly resellerId: string };

const key = (customerId: string) => ({ pk: `CUSTOMER#${customerId}`, sk: 'RANK' });

/** GSI and names of its key attributes, per ranking and kind of list. */
const INDEXES = {
  'month-to-date': {
    partner: { index: 'byMonthToDate', keys: { pk: 'monthToDateKey', sk: 'monthToDateSort' } },
    reseller: { index: 'byResellerMonthToDate', keys: { pk: 'resellerMonthToDateKey', sk: 'monthToDateSort' } },
  },
  'budget-usage': {
    partner: { index: 'byBudgetUsage', keys: { pk: 'budgetUsageKey', sk: 'budgetUsageSort' } },
    reseller: { index: 'byResellerBudgetUsage', keys: { pk: 'resellerBudgetUsageKey', sk: 'budgetUsageSort' } },
  },
} as const;

const prefixOf = (list: RankedList): string =>
  list.kind === 'reseller' ? list.resellerId : `${list.partnerId}#${list.kind}`;

export async function loadRank(customerId: string): Promise<CustomerRank | undefined> {
  const item = await getItem('customers', key(customerId));
  return item && toRank(item);
}

export async function loadRanks(customerIds: readonly string[]): Promise<Map<string, CustomerRank>> {
  const items = await getItems('customers', customerIds.map(key));
  return new Map(items.map(toRank).map((rank) => [rank.customerId, rank]));
}

/** Replaces a rank unless somebody has since `before` was read (ConditionFailed). */
export function replaceRank(before: CustomerRank | undefined, after: Omit<CustomerRank, 'version'>): Write {
  const put = { ...key(after.customerId), ...after, ...indexKeys(after), version: (before?.version ?? 0) + 1 };
  if (!before) return { table: 'customers', put, condition: 'attribute_not_exists(pk)' };
  return { table: 'customers', put, condition: 'version = :seen', values: { ':seen': before.version } };
}

/** A place in a ranking: the sort key. */
export interface Ranked {
  readonly customerId: string;
  readonly sort: string;
}

/**
 * A stretch of a ranking, of one month or of one-time budgets.
 * @param after the place to go on behind, of this ranking or of the other one of the list
 */
export async function listRanked(
  list: RankedList,
  ranking: Ranking,
  among: RankPlace['among'],
  { limit, after, descending }: { readonly limit: number; readonly after?: Ranked; readonly descending: boolean },
): Promise<Ranked[]> {
  const { index, keys } = INDEXES[ranking][list.kind === 'reseller' ? 'reseller' : 'partner'];
  const pk = `${prefixOf(list)}#${among}`;
  const startKey = after && { ...key(after.customerId), [keys.pk]: pk, [keys.sk]: after.sort };
  const page = await queryPage({ table: 'customers', index, keys, pk, startKey, newestFirst: descending, limit });
  return page.items.map((item) => ({ customerId: customerIdOf(item), sort: String(item[keys.sk]) }));
}

/** Does the customer stand in this ranking of this list? If not, it comes with those that have nothing to rank. */
export function standsIn(
  rank: CustomerRank | undefined,
  list: RankedList,
  ranking: Ranking,
  month: BillingMonth,
): boolean {
  const place = ranking === 'month-to-date' ? rank?.monthToDate : rank?.budgetUsage;
  if (!rank || !place || (place.among !== month && place.among !== 'one-time')) return false;
  return list.kind === 'reseller' ? rank.resellerId === list.resellerId : listOf(rank) === prefixOf(list);
}

const listOf = ({ partnerId, resellerId }: Pick<CustomerRank, 'partnerId' | 'resellerId'>): string =>
  `${partnerId}#${resellerId === undefined ? 'own' : 'resellers'}`;

const customerIdOf = (item: Item): string => String(item.pk).slice('CUSTOMER#'.length);

function indexKeys({
  customerId,
  partnerId,
  resellerId,
  monthToDate,
  budgetUsage,
}: Omit<CustomerRank, 'version'>): Item {
  const placed = (
    place: RankPlace | undefined,
    names: readonly [tierOne: string, reseller: string, sort: string],
  ): Item =>
    place
      ? {
          [names[0]]: `${listOf({ partnerId, resellerId })}#${place.among}`,
          ...(resellerId === undefined ? {} : { [names[1]]: `${resellerId}#${place.among}` }),
          [names[2]]: `${place.value}#${customerId}`,
        }
      : {};
  return {
    ...placed(monthToDate, ['monthToDateKey', 'resellerMonthToDateKey', 'monthToDateSort']),
    ...placed(budgetUsage, ['budgetUsageKey', 'resellerBudgetUsageKey', 'budgetUsageSort']),
  };
}

const toRank = ({ customerId, partnerId, resellerId, monthToDate, budgetUsage, version }: Item): CustomerRank =>
  ({ customerId, partnerId, resellerId, monthToDate, budgetUsage, version }) as unknown as CustomerRank;
