import { type Customer, loadCustomers } from '#lib/customers/index.ts';
import type { Instant } from '#lib/shared/time.ts';
import { type CommercialDiscount, type DiscountStatus, statusOf } from './discount.ts';
import { listDiscounts } from './discount-store.ts';

export interface DiscountFilter {
  readonly status?: DiscountStatus;
  /** Part of an account name, or a whole customer name, in any case. */
  readonly customer?: string;
}

export interface ShownDiscount {
  readonly discount: CommercialDiscount;
  readonly customer?: Customer;
}

/** How many stored pages one answer reads at most; a rare match leaves a shorter page with a cursor. */
const MOST_PAGES = 10;

/** FIN-144: a partner's discounts that match, the latest effective first. */
export async function queryDiscounts(
  partnerId: string,
  filter: DiscountFilter,
  page: { readonly limit: number; readonly startKey?: Record<string, unknown> },
  now: Instant,
): Promise<{ shown: ShownDiscount[]; nextKey?: Record<string, unknown> }> {
  const shown: ShownDiscount[] = [];
  let startKey = page.startKey;
  for (let read = 0; read < MOST_PAGES; read += 1) {
    const answer = await listDiscounts(partnerId, { limit: page.limit - shown.length, startKey });
    const named = await withCustomers(answer.discounts);
    shown.push(...named.filter((each) => matches(each, filter, now)));
    startKey = answer.nextKey;
    if (!startKey || shown.length === page.limit) break;
  }
  return { shown, nextKey: startKey };
}

export async function withCustomers(discounts: readonly CommercialDiscount[]): Promise<ShownDiscount[]> {
  const ids = new Set(discounts.flatMap(({ customerId }) => (customerId === undefined ? [] : [customerId])));
  const customers = new Map((await loadCustomers([...ids])).map((each) => [each.customerId, each]));
  return discounts.map((discount) => ({ discount, customer: customers.get(discount.customerId ?? '') }));
}

function matches({ discount, customer }: ShownDiscount, filter: DiscountFilter, now: Instant): boolean {
  if (filter.status !== undefined && statusOf(discount, now) !== filter.status) return false;
  if (filter.customer === undefined) return true;
  const wanted = filter.customer.toLowerCase();
  return (
    customer?.accountName.toLowerCase().includes(wanted) === true || customer?.customerName?.toLowerCase() === wanted
  );
}
