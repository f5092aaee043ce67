import { getItem, getItems, type Item, putIfAbsent, queryAll, queryPage } from '#lib/shared/dynamodb.ts';
import { loadMoney, type Money, storeMoney } from '#lib/shared/money.ts';
import type { BillingMonth, Instant } from '#lib/shared/time.ts';
import { ConditionFailed, transact, type Write } from '#lib/shared/transaction.ts';
import type { CustomerMonth } from './customer-month.ts';
import { productOfAttribute } from './product.ts';

const partition = (partnerId: string, month: BillingMonth): string => `MONTH#${partnerId}#${month}`;
export const monthKey = (partnerId: string, customerId: string, month: BillingMonth) => ({
  pk: partition(partnerId, month),
  sk: `CUSTOMER#${customerId}`,
});
export const referralKey = (partnerId: string, customerId: string, month: BillingMonth) => ({
  pk: partition(partnerId, month),
  sk: `REFERRAL#${customerId}`,
});
export const closedKey = (partnerId: string, month: BillingMonth) => ({
  pk: partition(partnerId, month),
  sk: 'CLOSED',
});

/** `undefined`: nothing of this customer was counted or billed in this month. */
export async function loadMonth(
  partnerId: string,
  customerId: string,
  month: BillingMonth,
): Promise<CustomerMonth | undefined> {
  const item = await getItem('expenditures', monthKey(partnerId, customerId, month));
  return item && toCustomerMonth(item);
}

/** Those of the months in which something was counted or billed, in no order. */
export const loadMonths = (
  partnerId: string,
  customerId: string,
  months: readonly BillingMonth[],
): Promise<CustomerMonth[]> => loadMonthsOf(months.map((month) => ({ partnerId, customerId, month })));

/** Months of several customers at once. */
export async function loadMonthsOf(
  wanted: readonly { readonly partnerId: string; readonly customerId: string; readonly month: BillingMonth }[],
): Promise<CustomerMonth[]> {
  const items = await getItems(
    'expenditures',
    wanted.map(({ partnerId, customerId, month }) => monthKey(partnerId, customerId, month)),
  );
  return items.map(toCustomerMonth);
}

/** Joined to a change that a usage counter allowed: it has not grown since (ConditionFailed). */
export const usageNotGrown = (seen: Pick<CustomerMonth, 'partnerId' | 'customerId' | 'month' | 'usage'>): Write => ({
  table: 'expenditures',
  check: monthKey(seen.partnerId, seen.customerId, seen.month),
  condition: 'attribute_not_exists(#usage) OR #usage <= :seen',
  names: { '#usage': 'usage' },
  values: { ':seen': storeMoney(seen.usage) },
});

/** All customers of a partner with usage or records in a month, strongly consistent. @param ids only those from `first` to `last` */
export async function* listMonth(
  partnerId: string,
  month: BillingMonth,
  ids?: { readonly first: string; readonly last: string },
): AsyncGenerator<CustomerMonth> {
  const sk = ids
    ? ({ between: [`CUSTOMER#${ids.first}`, `CUSTOMER#${ids.last}`] } as const)
    : { beginsWith: 'CUSTOMER#' };
  const query = { table: 'expenditures', pk: partition(partnerId, month), sk } as const;
  for await (const item of queryAll(query)) yield toCustomerMonth(item);
}

/** A page of them, for jobs that cut the work. @param after the last customer of the page before */
export async function monthPage(
  partnerId: string,
  month: BillingMonth,
  { limit, after }: { readonly limit: number; readonly after?: string },
): Promise<{ months: CustomerMonth[]; next?: string }> {
  const page = await queryPage({
    table: 'expenditures',
    pk: partition(partnerId, month),
    sk: { between: [after === undefined ? 'CUSTOMER#' : `CUSTOMER#${after}\u0000`, 'CUSTOMER#~'] },
    limit,
  });
  const months = page.items.map(toCustomerMonth);
  return { months, next: page.nextKey && months.at(-1)?.customerId };
}

/**
 * Closes a partner's month for customers that have no records in it yet; a second call changes nothing.
 * @returns when it was closed first
 */
export async function closeMonth(partnerId: string, month: BillingMonth, now: Instant): Promise<Instant> {
  const put = await putIfAbsent('expenditures', { ...closedKey(partnerId, month), closedAt: now });
  return put ? now : ((await closedAtOf(partnerId, month)) ?? now);
}

export async function closedAtOf(partnerId: string, month: BillingMonth): Promise<Instant | undefined> {
  const item = await getItem('expenditures', closedKey(partnerId, month));
  return item?.closedAt as Instant | undefined;
}

/**
 * Freezes count and sums of a customer's month; records that arrive later are late (FIN-14). A second call changes nothing.
 * @returns the frozen month, `undefined` when the customer has none
 */
export async function closeCustomerMonth(
  partnerId: string,
  customerId: string,
  month: BillingMonth,
  now: Instant,
): Promise<CustomerMonth | undefined> {
  try {
    await transact({
      aside: true,
      writes: [
        {
          table: 'expenditures',
          update: monthKey(partnerId, customerId, month),
          set: 'SET closedAt = :now',
          condition: 'attribute_exists(pk) AND attribute_not_exists(closedAt)',
          values: { ':now': now },
        },
      ],
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // closed before, or nothing to close: what is stored is the answer
  }
  return loadMonth(partnerId, customerId, month);
}

/** Attributes beside the others, so that each is moved by itself; see `productAttribute`. */
const productsOf = (item: Item): ReadonlyMap<string, Money> =>
  new Map(
    Object.entries(item).flatMap(([name, used]) => {
      const product = productOfAttribute(name);
      return product === undefined ? [] : [[product, loadMoney(used)] as const];
    }),
  );

const usageByDayOf = (item: Item): ReadonlyMap<string, Money> =>
  new Map(
    Object.entries(item).flatMap(([name, used]) => {
      const day = /^u(\d\d)$/.exec(name)?.[1];
      return day === undefined ? [] : [[day, loadMoney(used)] as const];
    }),
  );

const usageBySinceOf = (item: Item): ReadonlyMap<string, Money> =>
  new Map(
    Object.entries(item).flatMap(([name, used]) => {
      const since = /^since(\d.*)$/.exec(name)?.[1];
      return since === undefined ? [] : [[since, loadMoney(used)] as const];
    }),
  );

function toCustomerMonth(item: Item): CustomerMonth {
  return {
    partnerId: String(item.partnerId),
    customerId: String(item.customerId),
    resellerId: item.resellerId as string | undefined,
    month: item.month as BillingMonth,
    usage: loadMoney(item.usage),
    products: productsOf(item),
    usageByDay: usageByDayOf(item),
    usageBySince: usageBySinceOf(item),
    count: Number(item.count ?? 0),
    expenditure: loadMoney(item.expenditure),
    refund: loadMoney(item.refund),
    adjustment: loadMoney(item.adjustment),
    closedAt: item.closedAt as Instant | undefined,
    movedAt: item.movedAt as Instant,
  };
}
