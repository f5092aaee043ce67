import { readBudgets } from '#lib/budgets/index.ts';
import { activeAssociation, type Customer, type CustomerList, isVisible } from '#lib/customers/index.ts';
import type { Member } from '#lib/shared/actor.ts';
import type { Instant } from '#lib/shared/time.ts';
import { between, type Lookups } from './lookups.ts';
import {
  asksAboutAmount,
  asksAboutBetween,
  type CustomerFilter,
  matchesAmount,
  matchesBetween,
  matchesCustomer,
} from './query-filter.ts';

interface Wanted {
  /** In each of these: the assigned ones of an account manager are those of one scope, too (CUS-048). */
  readonly lists: readonly CustomerList[];
  readonly filter: CustomerFilter;
  /** Whose account managers the filter names. */
  readonly partnerId: string;
  /** Whose sight limits the answer; absent for who sees all of the lists. */
  readonly member?: Member;
}

/**
 * The customers of a stretch that are in the list, in sight and match. What needs no further read is asked first, amounts last and of
 * what is left alone. Names are compared here, in the service: no index holds them (CUS-247).
 */
export const selector =
  ({ lists, filter, partnerId, member }: Wanted, lookups: Lookups, now: Instant) =>
  async (customers: readonly Customer[]): Promise<ReadonlySet<string>> => {
    const candidates = customers.filter(
      (customer) => lists.every((list) => isOf(list, customer)) && matchesCustomer(customer, filter),
    );
    const seen = member
      ? await keep(candidates, (customer) => isVisible(member, customer, lookups.member))
      : candidates;
    const named = asksAboutBetween(filter)
      ? await keep(seen, async (customer) => matchesBetween(await between(customer, partnerId, lookups), filter))
      : seen;
    const standings = asksAboutAmount(filter) ? await readBudgets(named, now) : undefined;
    const matching = named.filter(
      ({ customerId }) => !standings || matchesAmount(standings.get(customerId)?.monthToDate, filter),
    );
    return new Set(matching.map(({ customerId }) => customerId));
  };

/** An index may lag behind the customer: CUS-048 holds on what the customer itself says. */
function isOf(list: CustomerList, customer: Customer): boolean {
  const association = activeAssociation(customer);
  if (!association) return false;
  const { partnerId, resellerId, accountManagers } = association;
  switch (list.kind) {
    case 'own':
      return partnerId === list.partnerId && resellerId === undefined;
    case 'resellers':
      return partnerId === list.partnerId && resellerId !== undefined;
    case 'reseller':
      return resellerId === list.resellerId;
    case 'manager':
      return accountManagers[list.partnerId] === list.memberId;
  }
}

async function keep(
  customers: readonly Customer[],
  wanted: (customer: Customer) => Promise<boolean>,
): Promise<readonly Customer[]> {
  const answers = await Promise.all(customers.map(wanted));
  return customers.filter((_, i) => answers[i]);
}
