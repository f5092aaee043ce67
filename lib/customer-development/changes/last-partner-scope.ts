import { type Customer, customerScope, isVisible, loadCustomer, managingPartner } from '#lib/customers/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import type { Scope } from '#lib/shared/operation.ts';

/**
 * As `customerScope`, and the customer that has just left: the partner whose request ended the association at once may repeat it and is
 * answered the same (ORD-07); a new one finds nothing to end. Somebody else's customer is like none again.
 */
export const lastPartnerScope: Scope<Customer> = {
  ...customerScope,
  load: async (actor, customerId, options) => {
    const customer = await loadCustomer(customerId, options);
    if (!customer) return undefined;
    return (await isVisible(actor, customer)) || hasLeft(actor, customer) ? customer : undefined;
  },
};

const hasLeft = (actor: Actor, { association }: Customer): boolean =>
  actor.kind === 'member' &&
  actor.dataScope === 'all' &&
  association?.endedAt !== undefined &&
  managingPartner(association) === actor.partnerId;
