import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { type PartnerStanding, requireStanding, standingUnchanged } from '#lib/shared/standing.ts';
import type { Write } from '#lib/shared/transaction.ts';
import { requireController } from './control.ts';
import type { Association, Customer } from './customer.ts';
import { loadCustomer } from './customer-store.ts';
import { isOfPartner } from './of-partner.ts';

/** A customer that the acting partner controls now. */
export interface Controlled {
  readonly customer: Customer;
  readonly association: Association;
  /** Joined to the change: the distributor's authorization has not been given or withdrawn meanwhile (CUS-019). */
  readonly guards: readonly Write[];
}

/**
 * Loads a customer for a change by its controller, afresh on every attempt.
 * @throws Refusal CUSTOMER_NOT_FOUND, NOT_RESELLER_MODEL, CONTROL_NOT_AUTHORIZED, CONTROL_DELEGATED
 */
export async function loadControlled(customerId: string, acting: PartnerStanding): Promise<Controlled> {
  const customer = await loadCustomer(customerId, { consistent: true });
  // The member was let through before; this is for a customer that has moved since.
  if (!customer || !isOfPartner(acting.partnerId, customer)) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
  const resellerId = customer.association?.resellerId;
  const reseller = resellerId === undefined ? undefined : await requireStanding(resellerId);
  const association = requireController(acting, customer, reseller);
  return { customer, association, guards: reseller ? [standingUnchanged(reseller)] : [] };
}
