import { type Item, type ItemPage, queryPage } from '#lib/shared/dynamodb.ts';
import type { Customer } from './customer.ts';
import { loadCustomers, toCustomer } from './customer-store.ts';

/** The lists in which a customer stands (CUS-048): of its tier-1 partner, of its reseller, of the account manager it is assigned to. */
export type CustomerList =
  | { readonly kind: 'own' | 'resellers'; readonly partnerId: string }
  | { readonly kind: 'reseller'; readonly resellerId: string }
  | { readonly kind: 'manager'; readonly partnerId: string; readonly memberId: string };

/** A customer with its place in the list: going on from there is right whatever has been inserted since (CUS-246). */
export interface CustomerEntry {
  readonly customer: Customer;
  readonly position: Item;
}

export interface EntryPage {
  readonly entries: readonly CustomerEntry[];
  /** Behind everything that was read; absent when nothing follows. */
  readonly next?: Item;
}

interface Wish {
  readonly limit: number;
  readonly startKey?: Item;
  readonly newestFirst: boolean;
  /** Times of association, both ends included; an account manager's list is one of assignments and knows none. */
  readonly since?: { readonly from?: string; readonly to?: string };
}

interface Index {
  readonly index: string;
  readonly keys: { readonly pk: string; readonly sk: string };
  readonly pk: string;
}

function indexOf(list: CustomerList): Index {
  if (list.kind === 'reseller')
    return { index: 'byReseller', keys: { pk: 'resellerKey', sk: 'sinceKey' }, pk: list.resellerId };
  if (list.kind === 'manager') {
    const pk = `${list.partnerId}#${list.memberId}`;
    return { index: 'byManager', keys: { pk: 'managerKey', sk: 'sinceKey' }, pk };
  }
  return { index: 'byPartner', keys: { pk: 'partnerKey', sk: 'sinceKey' }, pk: `${list.partnerId}#${list.kind}` };
}

/** A stretch of a list in the order of association, an account manager's in the order of assignment. */
export async function listEntries(list: CustomerList, { since, ...wish }: Wish): Promise<EntryPage> {
  const index = indexOf(list);
  const bounds = list.kind === 'manager' ? undefined : since && ([since.from ?? '0', `${since.to ?? ''}~`] as const);
  if (bounds && bounds[0] > bounds[1]) return { entries: [] }; // a range that ends before it begins
  const page = await queryPage({
    table: 'customers',
    ...index,
    sk: bounds && { between: bounds },
    ...wish,
  });
  const entries =
    list.kind === 'manager' ? await assigned(page, index) : page.items.map((item) => entryOf(item, index));
  return { entries, next: page.nextKey };
}

const entryOf = (item: Item, index: Index): CustomerEntry => ({
  customer: toCustomer(item),
  position: positionOf(item, index),
});

/** An assignment names its customer. */
async function assigned({ items }: ItemPage, index: Index): Promise<CustomerEntry[]> {
  const customers = await loadCustomers(items.map((item) => String(item.customerId)));
  const byId = new Map(customers.map((customer) => [customer.customerId, customer]));
  return items.flatMap((item) => {
    const customer = byId.get(String(item.customerId));
    return customer ? [{ customer, position: positionOf(item, index) }] : [];
  });
}

const positionOf = (item: Item, { keys }: Index): Item => ({
  pk: item.pk,
  sk: item.sk,
  [keys.pk]: item[keys.pk],
  [keys.sk]: item[keys.sk],
});
