import type { Member } from '#lib/shared/actor.ts';
import type { PartnerType } from '#lib/shared/standing.ts';
import type { Customer } from '../customer.ts';
import { isVisible } from '../customer-scope.ts';
import { listCustomersOfPartner, listCustomersOfReseller } from '../customer-store.ts';
import { presentManager } from './assignment.ts';

interface Wish {
  readonly scope: 'own' | 'resellers';
  readonly unassigned: boolean;
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}

/**
 * CUS-193: customers that the caller may hand to an account manager, on wish only those that have none. A page may be short while more
 * follow.
 */
export async function listCandidates(
  acting: Member,
  type: PartnerType,
  { scope, unassigned, ...page }: Wish,
): Promise<{ customers: Customer[]; nextKey?: Record<string, unknown> }> {
  const { partnerId } = acting;
  const { customers, nextKey } =
    type === 'reseller'
      ? await listCustomersOfReseller(partnerId, page)
      : await listCustomersOfPartner(partnerId, scope, page);
  const visible = await Promise.all(customers.map((customer) => isVisible(acting, customer)));
  const free = ({ association }: Customer): boolean => presentManager(association, partnerId) === undefined;
  return { customers: customers.filter((each, i) => visible[i] && (!unassigned || free(each))), nextKey };
}
