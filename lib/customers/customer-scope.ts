import type { Actor, Member } from '#lib/shared/actor.ts';
import { sharedErrors } from '#lib/shared/errors.ts';
import { loadMember } from '#lib/shared/identities.ts';
import type { Scope } from '#lib/shared/operation.ts';
import type { Customer } from './customer.ts';
import { loadCustomer } from './customer-store.ts';
import { isOfPartner } from './of-partner.ts';

/**
 * The customer named in the path, if the caller may know of it (CUS-055, ORG-13 to ORG-18): operators all, a customer itself, a member
 * those of its partner inside its data scope; a distributor also its resellers' customers (CUS-002).
 */
export const customerScope: Scope<Customer> = {
  name: 'customer',
  parameter: 'customerId',
  notFound: sharedErrors.CUSTOMER_NOT_FOUND,
  load: async (actor, customerId, options) => {
    const customer = await loadCustomer(customerId, options);
    return customer && (await isVisible(actor, customer)) ? customer : undefined;
  },
};

/** @param managerOf how to find a member, for who asks about many customers and remembers the answers */
export async function isVisible(actor: Actor, customer: Customer, managerOf = loadMember): Promise<boolean> {
  if (actor.kind === 'operator') return true;
  if (actor.kind === 'customer') return actor.customerId === customer.customerId;
  return (
    actor.kind === 'member' &&
    isOfPartner(actor.partnerId, customer) &&
    (await isInDataScope(actor, customer, managerOf))
  );
}

/** `own`: assigned to the member; `team`: to the member or to a manager it supervises (ORG-13, ORG-15). */
async function isInDataScope(
  member: Member,
  { association }: Customer,
  managerOf: typeof loadMember,
): Promise<boolean> {
  if (member.dataScope === 'all') return true;
  const managerId = association?.accountManagers[member.partnerId];
  if (managerId === undefined) return false;
  if (managerId === member.id) return true;
  if (member.dataScope === 'own') return false;
  const manager = await managerOf(managerId);
  return manager?.directorId === member.id;
}
