import type { Member } from '#lib/shared/actor.ts';
import type { PartnerType } from '#lib/shared/standing.ts';
import { isVisible } from './customer-scope.ts';
import {
  type CustomerPage,
  listCustomersOfManager,
  listCustomersOfPartner,
  listCustomersOfReseller,
} from './customer-store.ts';

interface Wish {
  /** A distributor names its own or its resellers' customers; never both in one answer (CUS-048). */
  readonly scope: 'own' | 'resellers';
  readonly limit: number;
  readonly startKey?: Record<string, unknown>;
}

/** A page of the customers that a member may see (CUS-002, ORG-13 to ORG-18). */
export async function queryCustomers(member: Member, type: PartnerType, wish: Wish): Promise<CustomerPage> {
  const { partnerId } = member;
  if (member.dataScope === 'own') return listCustomersOfManager(partnerId, member.id, wish);
  if (member.dataScope === 'all') return pageOf(partnerId, type, wish);
  return teamPage(member, type, wish);
}

const pageOf = (partnerId: string, type: PartnerType, wish: Wish): Promise<CustomerPage> =>
  type === 'reseller' ? listCustomersOfReseller(partnerId, wish) : listCustomersOfPartner(partnerId, wish.scope, wish);

/** Out-of-team customers are left out of the page, which may therefore be short; the cursor goes on all the same. */
async function teamPage(member: Member, type: PartnerType, wish: Wish): Promise<CustomerPage> {
  const page = await pageOf(member.partnerId, type, wish);
  const visible = await Promise.all(page.customers.map((customer) => isVisible(member, customer)));
  return { customers: page.customers.filter((_, i) => visible[i]), nextKey: page.nextKey };
}
