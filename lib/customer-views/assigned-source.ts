import * as z from 'zod';
import { type CustomerList, type CustomerRank, listEntries, loadRanks, type Ranking } from '#lib/customers/index.ts';
import { Refusal } from '#lib/shared/errors.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { queryErrors } from './errors.ts';
import type { Entry, Source } from './source.ts';

/** Customers of one account manager that are put in order for an answer. */
const ASSIGNED_AT_MOST = 500;
const READ_AT_ONCE = 100;

const position = z.object({ sort: z.string() });

interface Order {
  readonly list: Extract<CustomerList, { kind: 'manager' }>;
  readonly ranking: Ranking;
  readonly descending: boolean;
  readonly month: BillingMonth;
}

/** An account manager's customers by a figure that moves: few enough to be put in order at once. @throws Refusal SORT_NOT_POSSIBLE */
export const assignedSource =
  (order: Order): Source =>
  async (from, limit) => {
    const entries = await inOrder(order);
    const after = from && position.parse(from).sort;
    const behind = entries.filter(({ sort }) => after === undefined || isBehind(sort, after, order.descending));
    const taken = behind.slice(0, limit);
    const last = taken.at(-1);
    return {
      entries: taken.map(({ customer, sort }) => ({ customer, position: { sort } })),
      read: Math.max(taken.length, 1),
      next: last && taken.length < behind.length ? { sort: last.sort } : undefined,
    };
  };

async function inOrder(order: Order): Promise<(Pick<Entry, 'customer'> & { sort: string })[]> {
  const customers = await assigned(order.list);
  const ranks = await loadRanks(customers.map(({ customerId }) => customerId));
  return customers
    .map((customer) => ({
      customer,
      sort: `${figureOf(ranks.get(customer.customerId), order)}#${customer.customerId}`,
    }))
    .toSorted((a, b) => (isBehind(a.sort, b.sort, order.descending) ? 1 : -1));
}

async function assigned(list: Order['list']) {
  const customers: Entry['customer'][] = [];
  let startKey: Record<string, unknown> | undefined;
  do {
    const page = await listEntries(list, { limit: READ_AT_ONCE, startKey, newestFirst: true });
    customers.push(...page.entries.map(({ customer }) => customer));
    if (customers.length > ASSIGNED_AT_MOST)
      throw new Refusal(queryErrors.SORT_NOT_POSSIBLE, { atMost: ASSIGNED_AT_MOST });
    startKey = page.next;
  } while (startKey);
  return customers;
}

function figureOf(rank: CustomerRank | undefined, { ranking, month }: Order): string {
  const place = ranking === 'month-to-date' ? rank?.monthToDate : rank?.budgetUsage;
  return place && (place.among === month || place.among === 'one-time') ? place.value : '';
}

const isBehind = (sort: string, after: string, descending: boolean): boolean =>
  descending ? sort < after : sort > after;
