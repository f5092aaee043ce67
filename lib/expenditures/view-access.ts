import { type Customer, customerScope, listAssociations } from '#lib/customers/index.ts';
import type { Actor } from '#lib/shared/actor.ts';
import { Refusal, sharedErrors } from '#lib/shared/errors.ts';
import { loadStanding } from '#lib/shared/standing.ts';
import { expenditureErrors } from './errors.ts';
import type { ExpenditureRecord } from './record.ts';

/** Which of a customer's expenditures a caller sees. */
export interface ExpenditureAccess {
  readonly customer: Customer;
  /** The tier-1 partners under which they were charged (ORD-138). */
  readonly partnerIds: readonly string[];
  /** A reseller sees what was charged while the customer was its own. */
  readonly resellerId?: string;
  /** Whose account manager and resellers are shown; the customer is not told. */
  readonly viewer: 'tier-1-partner' | 'reseller' | 'operator' | 'customer';
}

/**
 * A partner sees what belongs to itself, the customer and operators what was charged under any partner.
 * @throws Refusal CUSTOMER_NOT_FOUND, BILL_ACCESS_REVOKED
 */
export async function requireAccess(actor: Actor, customerId: string): Promise<ExpenditureAccess> {
  const customer = await customerScope.load(actor, customerId, { consistent: false });
  if (!customer) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND); // ORD-08
  if (actor.kind === 'member') return accessOfPartner(actor.partnerId, customer);
  if (actor.kind === 'customer') await refuseRevoked(customer);
  const partnerIds = (await listAssociations(customerId)).map(({ partnerId }) => partnerId);
  const viewer = actor.kind === 'customer' ? 'customer' : 'operator';
  return { customer, partnerIds: [...new Set(partnerIds)], viewer };
}

export const isShown = (
  { resellerId }: Pick<ExpenditureAccess, 'resellerId'>,
  charged: Pick<ExpenditureRecord, 'resellerId'>,
): boolean => resellerId === undefined || charged.resellerId === resellerId;

function accessOfPartner(partnerId: string, customer: Customer): ExpenditureAccess {
  const { association } = customer;
  if (!association) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
  if (association.partnerId === partnerId) return { customer, partnerIds: [partnerId], viewer: 'tier-1-partner' };
  return { customer, partnerIds: [association.partnerId], resellerId: partnerId, viewer: 'reseller' };
}

/** ORD-141, ORG-73: all customers that the partner has in the reseller model now; the partner itself still sees everything. */
async function refuseRevoked({ association }: Customer): Promise<void> {
  if (association?.type !== 'reseller' || association.endedAt) return;
  const standing = await loadStanding(association.partnerId);
  if (standing?.revokeBillAndCostAccess) throw new Refusal(expenditureErrors.BILL_ACCESS_REVOKED);
}
