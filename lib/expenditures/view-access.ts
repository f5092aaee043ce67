import { type Association, type Customer, isVisible, listAssociations, loadCustomer } from '#lib/customers/index.ts';
import type { Actor, Member } from '#lib/shared/actor.ts';
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
 * A partner sees what belongs to itself, also after the association has ended (ORD-46); the customer and operators see what was charged
 * under any partner.
 * @throws Refusal CUSTOMER_NOT_FOUND, BILL_ACCESS_REVOKED
 */
export async function requireAccess(actor: Actor, customerId: string): Promise<ExpenditureAccess> {
  const customer = await loadCustomer(customerId, { consistent: false });
  if (!customer) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
  if (actor.kind === 'member') return accessOfMember(actor, customer);
  if (!(await isVisible(actor, customer))) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND); // ORD-08
  if (actor.kind === 'customer') await refuseRevoked(customer);
  const partnerIds = (await listAssociations(customerId)).map(({ partnerId }) => partnerId);
  const viewer = actor.kind === 'customer' ? 'customer' : 'operator';
  return { customer, partnerIds: [...new Set(partnerIds)], viewer };
}

export const isShown = (
  { resellerId }: Pick<ExpenditureAccess, 'resellerId'>,
  charged: Pick<ExpenditureRecord, 'resellerId'>,
): boolean => resellerId === undefined || charged.resellerId === resellerId;

/** Of a customer that has left, those see it who see all of their partner's customers: nobody is assigned to it any more (ORD-44). */
async function accessOfMember(member: Member, customer: Customer): Promise<ExpenditureAccess> {
  const { association, customerId } = customer;
  if (association && (await isVisible(member, customer))) return accessUnder(member.partnerId, customer, [association]);
  if (member.dataScope !== 'all') throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND);
  const own = (await listAssociations(customerId)).filter(
    ({ partnerId, resellerId }) => partnerId === member.partnerId || resellerId === member.partnerId,
  );
  if (own.length === 0) throw new Refusal(sharedErrors.CUSTOMER_NOT_FOUND); // ORD-08
  return accessUnder(member.partnerId, customer, own);
}

/** What was charged later belongs to another partner, and so lies under that one. */
function accessUnder(partnerId: string, customer: Customer, associations: readonly Association[]): ExpenditureAccess {
  const tierOne = associations.some((association) => association.partnerId === partnerId);
  if (tierOne) return { customer, partnerIds: [partnerId], viewer: 'tier-1-partner' };
  const partnerIds = [...new Set(associations.map((association) => association.partnerId))];
  return { customer, partnerIds, resellerId: partnerId, viewer: 'reseller' };
}

/** ORD-141, ORG-73: all customers that the partner has in the reseller model now; the partner itself still sees everything. */
async function refuseRevoked({ association }: Customer): Promise<void> {
  if (association?.type !== 'reseller' || association.endedAt) return;
  const standing = await loadStanding(association.partnerId);
  if (standing?.revokeBillAndCostAccess) throw new Refusal(expenditureErrors.BILL_ACCESS_REVOKED);
}
