import { loadCustomers, loadRanks, type Ranking } from '#lib/customers/index.ts';
import { listMembers } from '#lib/groups/index.ts';
import type { BillingMonth } from '#lib/shared/time.ts';
import { figureOf, type Place, stretchOf } from './ordered.ts';
import type { Source } from './source.ts';

interface Order {
  readonly groupId: string;
  readonly sort: 'association-time' | Ranking;
  readonly descending: boolean;
  readonly month: BillingMonth;
}

/**
 * CUS-230: the customers of one group, at most 1,000 (CUS-224): its members are read and put in order once for an answer, the customers
 * themselves a stretch at a time. The time of association is the one with which a customer came into the group.
 */
export function groupSource(order: Order): Source {
  let places: Promise<Place[]> | undefined;
  return async (from, limit) => {
    places ??= placesOf(order);
    const { taken, next } = stretchOf(await places, { from, limit, descending: order.descending });
    const customers = await loadCustomers(taken.map(({ customerId }) => customerId));
    const byId = new Map(customers.map((customer) => [customer.customerId, customer]));
    const entries = taken.flatMap(({ customerId, sort }) => {
      const customer = byId.get(customerId);
      return customer ? [{ customer, position: { sort } }] : [];
    });
    return { entries, read: Math.max(taken.length, 1), next };
  };
}

async function placesOf({ groupId, sort, month }: Order): Promise<Place[]> {
  const members = await listMembers(groupId);
  const ranks = sort === 'association-time' ? undefined : await loadRanks(members.map(({ accountId }) => accountId));
  return members.map(({ accountId: customerId, associatedSince = '' }) => {
    const key = sort === 'association-time' ? associatedSince : figureOf(ranks?.get(customerId), sort, month);
    return { customerId, sort: `${key}#${customerId}` };
  });
}
