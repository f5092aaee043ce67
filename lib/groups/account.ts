import {
  type Association,
  activeAssociation,
  associationUnchanged,
  type Customer,
  isVisible,
  loadCustomers,
  managingPartner,
} from '#lib/customers/index.ts';
import { loadPartner, type Partner } from '#lib/partners/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { PLATFORM } from './group.ts';
import { isAdmin } from './group-scope.ts';
import type { Account } from './membership.ts';

/** An account with what must still hold when something is done with it. */
export interface FoundAccount extends Account {
  readonly unchanged: readonly Write[];
}

/** The customers and partners among the ids that the caller may know of (CUS-055); others are as if they did not exist. */
async function findAccounts(actor: Actor, accountIds: readonly string[]): Promise<Map<string, FoundAccount>> {
  const customers = await loadCustomers(accountIds);
  const visible = await Promise.all(customers.map((customer) => isVisible(actor, customer)));
  const known = new Set(customers.map(({ customerId }) => customerId));
  const others = await Promise.all(accountIds.filter((id) => !known.has(id)).map(loadPartner));
  const found = [
    ...customers.filter((_, i) => visible[i]).map(fromCustomer),
    ...others.flatMap((partner) => (partner && isKnown(actor, partner) ? fromPartner(partner) : [])),
  ];
  return new Map(found.map((account) => [account.accountId, account]));
}

export async function findAccount(actor: Actor, accountId: string): Promise<FoundAccount | undefined> {
  return (await findAccounts(actor, [accountId])).get(accountId);
}

/** An operator knows all partners, an Admin of a distributor its resellers (CUS-012). */
function isKnown(actor: Actor, partner: Partner): boolean {
  if (actor.kind === 'operator') return true;
  return actor.kind === 'member' && isAdmin(actor) && partner.distributorId === actor.partnerId;
}

function fromCustomer(customer: Customer): FoundAccount {
  const { customerId: accountId, accountName } = customer;
  const association = activeAssociation(customer);
  return { kind: 'customer', accountId, accountName, ...belonging(accountId, association) };
}

const belonging = (customerId: string, association: Association | undefined) =>
  association
    ? {
        parentId: managingPartner(association),
        partnerId: association.partnerId,
        associatedSince: association.since,
        unchanged: [associationUnchanged(customerId, association)],
      }
    : { unchanged: [] };

const fromPartner = ({ partnerId, companyName, distributorId }: Partner): FoundAccount => ({
  kind: 'partner',
  accountId: partnerId,
  accountName: companyName,
  parentId: distributorId ?? PLATFORM,
  unchanged: [], // a partner's place below its distributor does not change
});
