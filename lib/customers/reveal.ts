import type { Actor } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { loadMember } from '#lib/shared/identities.ts';
import { transact } from '#lib/shared/transaction.ts';
import type { Customer } from './customer.ts';
import { isVisible } from './customer-scope.ts';
import { loadCustomers } from './customer-store.ts';
import type { REVEALABLE_FIELDS } from './customer-view.ts';

type RevealableField = (typeof REVEALABLE_FIELDS)[number];

/**
 * One field of one customer, or one column of a page, in clear (CUS-049). A trace names whose field was shown to whom, before it is.
 * @throws Refusal CUSTOMER_NOT_FOUND when any of them is not visible to the caller
 */
export async function revealField(
  actor: Actor,
  customerIds: readonly string[],
  field: RevealableField,
): Promise<{ customerId: string; value: string | null }[]> {
  const distinct = [...new Set(customerIds)];
  const customers = await loadCustomers(distinct);
  const visible = await Promise.all(customers.map((customer) => isVisible(actor, customer)));
  if (customers.length !== distinct.length || visible.includes(false))
    throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
  await transact({ writes: [], trace: { after: { field, customerIds: distinct } } });
  const values = await Promise.all(customers.map((customer) => clearValue(actor, customer, field)));
  return customers.map(({ customerId }, i) => ({ customerId, value: values[i] ?? null }));
}

/** The account manager is that of the acting partner (CUS-189); operators see the tier-1 partner's. */
async function clearValue(actor: Actor, customer: Customer, field: RevealableField): Promise<string | undefined> {
  if (field !== 'accountManagerName') return customer[field];
  const { accountManagers = {}, partnerId = '' } = customer.association ?? {};
  const managerId = accountManagers[actor.kind === 'member' ? actor.partnerId : partnerId];
  return managerId === undefined ? undefined : (await loadMember(managerId))?.name;
}
