import { addFrozen, type FrozenCustomer, NOTHING } from './frozen.ts';

/** Bounds of what is settled, and committed, at once: memory and the size of a transaction do not grow with the bill. */
export const RECORDS_AT_ONCE = 5_000;
const CUSTOMERS_A_PART = 100;

/** Cuts customers, in order, into parts (FIN-166); a customer with more records than fit has a part of its own. */
export function cutIntoParts(customers: readonly FrozenCustomer[]): FrozenCustomer[][] {
  const parts: FrozenCustomer[][] = [];
  let open: FrozenCustomer[] = [];
  let records = 0;
  for (const customer of customers) {
    const full = open.length === CUSTOMERS_A_PART || records + customer.count > RECORDS_AT_ONCE;
    if (open.length > 0 && full) {
      parts.push(open);
      open = [];
      records = 0;
    }
    open.push(customer);
    records += customer.count;
  }
  return open.length > 0 ? [...parts, open] : parts;
}

export const sumOfCustomers = (customers: readonly FrozenCustomer[]) => customers.reduce(addFrozen, NOTHING);
