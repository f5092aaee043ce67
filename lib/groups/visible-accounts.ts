import { activeAssociation, isVisible, loadCustomers } from '#lib/customers/index.ts';
import { loadPartner } from '#lib/partners/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import type { GroupKind } from './group.ts';

/**
 * Names of the accounts of a group that the caller may see: the group's own account all of them (CUS-011), a member those in his data
 * scope. Whoever has left the partner by now is somebody else's customer.
 */
export async function namesOf(
  actor: Actor,
  kind: GroupKind,
  accountIds: readonly string[],
): Promise<Map<string, string>> {
  if (kind === 'partner') {
    const partners = await Promise.all(accountIds.map(loadPartner));
    return new Map(partners.flatMap((each) => (each ? [[each.partnerId, each.companyName] as const] : [])));
  }
  const customers = await loadCustomers(accountIds);
  const visible = await Promise.all(
    customers.map((customer) =>
      actor.kind === 'group' ? activeAssociation(customer) !== undefined : isVisible(actor, customer),
    ),
  );
  return new Map(
    customers.filter((_, i) => visible[i]).map(({ customerId, accountName }) => [customerId, accountName] as const),
  );
}
