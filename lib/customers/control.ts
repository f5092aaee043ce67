import { Refusal } from '#lib/shared/errors.ts';
import type { PartnerStanding } from '#lib/shared/standing.ts';
import type { Association, Customer } from './customer.ts';
import { controlErrors } from './errors.ts';

/**
 * CUS-001, CUS-015, CUS-017, CUS-018: is the acting partner the one controller of this customer?
 * @param acting the partner of the member that acts
 * @param reseller standing of the customer's reseller, when it has one; the authorization is its grant `budget-and-freeze`
 * @returns the association that is controlled
 * @throws Refusal NOT_RESELLER_MODEL, CONTROL_NOT_AUTHORIZED, CONTROL_DELEGATED
 */
export function requireController(
  acting: PartnerStanding,
  customer: Customer,
  reseller: PartnerStanding | undefined,
): Association {
  const { association } = customer;
  if (association?.type !== 'reseller') throw new Refusal(controlErrors.NOT_RESELLER_MODEL);
  const delegated = reseller?.grants.includes('budget-and-freeze') === true;
  if (acting.type === 'reseller' && !delegated) throw new Refusal(controlErrors.CONTROL_NOT_AUTHORIZED);
  if (acting.type !== 'reseller' && association.resellerId !== undefined && delegated)
    throw new Refusal(controlErrors.CONTROL_DELEGATED);
  return association;
}
