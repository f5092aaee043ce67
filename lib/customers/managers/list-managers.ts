import type { Member } from '#lib/shared/actor.ts';
import { listMembers, type MemberIdentity } from '#lib/shared/identities.ts';
import type { Customer } from '../customer.ts';
import { loadCustomers } from '../customer-store.ts';
import { countAssignments, listAssignments, type StoredAssignment } from './assignment-store.ts';
import { hasManagerRole, isInTeam } from './eligible.ts';

type Page = { readonly limit: number; readonly startKey?: Record<string, unknown> };

export interface ManagerOfPartner {
  readonly manager: MemberIdentity;
  readonly customers: number;
}

/** CUS-192: account managers and directors, newest member first; a page may be short while more follow. */
export async function listManagers(
  acting: Member,
  page: Page,
): Promise<{ managers: ManagerOfPartner[]; nextKey?: Record<string, unknown> }> {
  const { members, nextKey } = await listMembers(acting.partnerId, page);
  const found = members.filter((member) => hasManagerRole(member) && isInTeam(acting, member));
  const managers = await Promise.all(
    found.map(async (manager) => ({ manager, customers: await countAssignments(acting.partnerId, manager.memberId) })),
  );
  return { managers, nextKey };
}

export interface AssignedCustomer {
  readonly customer: Customer;
  readonly assignment: StoredAssignment;
}

/** CUS-196: newest assignment first; a page may be short while more follow. */
export async function listAssignedCustomers(
  manager: MemberIdentity,
  page: Page,
): Promise<{ assigned: AssignedCustomer[]; nextKey?: Record<string, unknown> }> {
  const { assignments, nextKey } = await listAssignments(manager.partnerId, manager.memberId, page);
  const customers = await loadCustomers(assignments.map(({ customerId }) => customerId));
  const byId = new Map(customers.map((customer) => [customer.customerId, customer]));
  const assigned = assignments.flatMap((assignment) => {
    const customer = byId.get(assignment.customerId);
    return customer ? [{ customer, assignment }] : [];
  });
  return { assigned, nextKey };
}
