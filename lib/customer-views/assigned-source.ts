import { type Customer, type CustomerList, listEntries, loadRanks, type Ranking } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { queryErrors } from './errors.ts';
import { figureOf, stretchOf } from './ordered.ts';
import type { Source } from './source.ts';

/** Customers of one account manager that are put in order for an answer. */
const ASSIGNED_AT_MOST = 500;
const READ_AT_ONCE = 100;

interface Order {
  readonly list: Extract<CustomerList, { kind: 'manager' }>;
  readonly ranking: Ranking;
  readonly descending: boolean;
  readonly month: BillingMonth;
}

/** An account manager's customers by a figure that moves: few enough to be put in order at once. @throws Refusal SORT_NOT_POSSIBLE */
export const assignedSource =
  ({ list, ranking, descending, month }: Order): Source =>
  async (from, limit) => {
    const customers = await assigned(list);
    const ranks = await loadRanks([...customers.keys()]);
    const places = [...customers.keys()].map((customerId) => ({
      customerId,
      sort: `${figureOf(ranks.get(customerId), ranking, month)}#${customerId}`,
    }));
    const { taken, next } = stretchOf(places, { from, limit, descending });
    const entries = taken.flatMap(({ customerId, sort }) => {
      const customer = customers.get(customerId);
      return customer ? [{ customer, position: { sort } }] : [];
    });
    return { entries, read: Math.max(taken.length, 1), next };
  };

async function assigned(list: Order['list']): Promise<Map<string, Customer>> {
  const customers = new Map<string, Customer>();
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await listEntries(list, { limit: READ_AT_ONCE, startKey, newestFirst: true });
    for (const { customer } of page.entries) customers.set(customer.customerId, customer);
    if (customers.size > ASSIGNED_AT_MOST)
      throw new Refusal(queryErrors.SORT_NOT_POSSIBLE, { atMost: ASSIGNED_AT_MOST });
    startKey = page.next;
  } while (startKey);
  return customers;
}
